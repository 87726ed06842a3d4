"""Between two plans: which tickets differ, what each mineral's cover and money come to, and which inputs forced it."""

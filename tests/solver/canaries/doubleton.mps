NAME        
ROWS
 N  Obj     
 L  r0      
 L  r1      
 L  r2      
 L  r3      
 L  r4      
 L  r5      
 G  r6      
 G  r7      
 G  r8      
 G  r9      
 G  r10     
 G  r11     
 L  r12     
 L  r13     
 L  r14     
 L  r15     
 L  r16     
 L  r17     
 E  r18     
 E  r19     
 E  r20     
 E  r21     
 E  r22     
 E  r23     
 E  r24     
 E  r25     
 E  r26     
 E  r27     
 E  r28     
 G  r29     
 G  r30     
 G  r31     
 G  r32     
 L  r33     
 G  r34     
 L  r35     
 E  r36     
 E  r37     
 E  r38     
 E  r39     
 G  r40     
 G  r41     
 G  r42     
 G  r43     
 L  r44     
 L  r45     
COLUMNS
    c0        r32       3
    c0        r44       0.333333333333333
    c1        r30       1
    c1        r32       -1
    c1        r43       -1
    c1        r45       0.666666666666667
    c2        r31       1
    c2        r45       2.66666666666667
    c3        r45       0.333333333333333
    c4        Obj       1
    c4        r23       1
    c4        r26       -1
    c5        Obj       1
    c5        r24       1
    c5        r27       -1
    c6        Obj       0.666666666666667
    c6        r25       1
    c6        r28       -1
    c7        Obj       2
    c7        r20       1
    c7        r21       -1
    c8        Obj       2
    c8        r21       1
    c8        r22       -1
    c8        r37       -1
    c9        Obj       1.33333333333333
    c9        r22       1
    c9        r30       1
    c9        r31       1
    MARK0000  'MARKER'                 'INTORG'
    c10       r0        -2
    c10       r6        -1
    c10       r12       1
    c10       r14       1
    c11       r1        -2
    c11       r7        -2
    c11       r12       1
    c11       r14       1
    c12       r2        -2
    c12       r8        -1
    c12       r13       1
    c12       r15       1
    c13       r3        -2
    c13       r9        -2
    c13       r13       1
    c13       r15       1
    c14       r4        -1
    c14       r10       -1
    c14       r16       1
    c14       r23       -5
    c15       r5        -1
    c15       r11       -1
    c15       r17       1
    c15       r24       -5
    c16       r0        1
    c16       r6        1
    c16       r18       -1
    c16       r23       -110
    c16       r29       1
    c17       r1        1
    c17       r7        1
    c17       r18       -1
    c17       r23       -88
    c17       r29       1
    c18       r2        1
    c18       r8        1
    c18       r19       -1
    c18       r24       -90
    c18       r29       1
    c18       r36       -1
    c19       r3        1
    c19       r9        1
    c19       r19       -1
    c19       r24       -72
    c19       r29       1
    c19       r36       -1
    c20       r4        1
    c20       r10       1
    c20       r18       -1
    c20       r23       -48
    c20       r24       -112
    c21       r5        1
    c21       r11       1
    c21       r19       -1
    c21       r24       -42
    c21       r25       -98
    c21       r36       -1
    c21       r38       -98
    c22       r14       -1
    c22       r15       -1
    c22       r16       -1
    c22       r17       -1
    c22       r23       -15
    c22       r35       -1
    c23       r23       -40
    MARK0001  'MARKER'                 'INTEND'
    c24       r18       1
    c24       r21       -1
    c25       r19       1
    c25       r22       -1
    c26       r26       1
    c27       r27       1
    c28       r28       1
    c29       r42       3
    c29       r44       0.333333333333333
    c30       r40       1
    c30       r42       -1
    c30       r45       0.333333333333333
    c31       r41       1
    c31       r45       1.33333333333333
    c32       r45       0.333333333333333
    c33       Obj       0.333333333333333
    c33       r38       1
    c33       r39       -1
    c34       Obj       0.666666666666667
    c34       r37       1
    c34       r40       1
    c34       r41       1
    MARK0002  'MARKER'                 'INTORG'
    c35       r33       -1
    c35       r34       -1
    c35       r35       1
    c35       r38       -5
    c36       r33       1
    c36       r34       1
    c36       r36       -1
    c36       r38       -140
    MARK0003  'MARKER'                 'INTEND'
    c37       r36       1
    c37       r37       -1
    c38       r39       1
    c39       r43       3
    c39       r44       0.333333333333333
    c40       r45       0.333333333333333
RHS
    RHS_V     r12       1
    RHS_V     r13       1
    RHS_V     r29       1
    RHS_V     r30       3
    RHS_V     r31       3
    RHS_V     r40       3
    RHS_V     r41       3
    RHS_V     r44       1e-06
    RHS_V     r45       1e-06
BOUNDS
 UP BOUND     c0        1
 UP BOUND     c1        3
 UP BOUND     c2        3
 FX BOUND     c3        0
 UP BOUND     c4        765
 UP BOUND     c5        765
 UP BOUND     c6        765
 FX BOUND     c7        0
 UP BOUND     c8        3
 UP BOUND     c9        6
 BV BOUND     c10     
 BV BOUND     c11     
 BV BOUND     c12     
 BV BOUND     c13     
 BV BOUND     c14     
 BV BOUND     c15     
 UI BOUND     c16       2
 UI BOUND     c17       2
 UI BOUND     c18       2
 UI BOUND     c19       2
 BV BOUND     c20     
 BV BOUND     c21     
 BV BOUND     c22     
 BV BOUND     c23     
 UP BOUND     c24       3
 UP BOUND     c25       3
 UP BOUND     c26       765
 UP BOUND     c27       765
 UP BOUND     c28       765
 UP BOUND     c29       1
 UP BOUND     c30       3
 UP BOUND     c31       3
 FX BOUND     c32       0
 UP BOUND     c33       910
 UP BOUND     c34       7
 BV BOUND     c35     
 BV BOUND     c36     
 UP BOUND     c37       4
 UP BOUND     c38       910
 UP BOUND     c39       1
 FX BOUND     c40       0
ENDATA

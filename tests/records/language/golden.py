# ruff: noqa: E501 - a table is read across
"""Lines with the answer wanted, written for this project: the golden table, its traps, and more."""

BP, HR, GLU, WT = "bp", "heart_rate", "glucose", "weight"


def bp(high, low):
    return {"kind": BP, "systolic": high, "diastolic": low}


def one(kind, value):
    return {"kind": kind, "mmol_l" if kind == GLU else "value": value}


def said(kind):
    return {"kind": kind}


P = bp(128, 82)
GOLDEN = [
    *[(t, "store", [P]) for t in (
        "128/82", "128 82", "１２８／８２", "一百二十八 八十二", "128 / 82", "bp128/82", "BP 128/82.",
        "128/82 mmHg", "128-82", "128，82", "128、82", "高压128，低压82", "低压82高压128", "128 over 82",
        "血压：128／82", "收缩压128mmHg 舒张压82mmHg", "sys 128 dia 82", "SBP 128 DBP 82", "8:30 128/82",
        "128/82 at 7", "2026-11-22 128/82", "1月5日 128/82", "yesterday 8am 128/82", "昨天早上 128/82",
        "今早血压128/82", "blood pressure 128/82 this morning", "left arm 128/82", "128/82 sitting",
        "my blood pressure was 128/82", "今天血压 128 82", "128/82 after rest", "11月3号晚上8点 128/82",
        "bp is 128 / 82 today", "i got 128/82", "血压值128/82", "1. 128/82", "128\\82",
        "upper 128 lower 82", "高压一百二十八低压八十二", "血压一百二十八/八十二", "bp: 128 over 82 mmhg",
        "128 systolic 82 diastolic", "bp 128 and 82", "BP=128/82", "血压128比82",
        "20:15 128/82", "8.30am 128/82", "128/82 8pm", "128/82 (left arm)", "早上8点 血压128/82",
        "one twenty eight over eighty two", "one hundred twenty-eight over eighty-two",
        "我的血压是128/82", "护士量的128/82", "女儿给我量的血压128/82", "128/82!", "bp 128/82, thanks",
    )],
    *[(t, "store", [P, one(HR, 70)]) for t in (
        "128-82 70", "128，82，70", "128/82/70", "高压128低压82心率70", "bp 128 over 82 pulse 70",
        "BP: 128/82mmHg HR 70bpm", "128/82 p70", "128/82 70", "128/82, 70", "128 82 70",
        "128/82 pulse: 70", "血压128/82，脉搏70", "128/82 心率70次/分", "128/82 ❤️70", "70 bpm 128/82",
        "BP 128/82 P70", "pulse 70 bp 128/82", "128/82 70bpm", "128/82 HR 70", "心跳70 血压128/82",
        "Sys: 128 Dia: 82 Pulse: 70", "SYS 128\nDIA 82\nPUL 70", "128/82 (70)", "128/82 [70]",
        "2019-04-22 10:08 128/82 70", "2019-04-22 10:08:30 128/82 70", "22/11/2026 8:00 128/82 70",
        "血压128/82 心率七十", "128/82 pulse was 70", "128/82 with a pulse of 70",
    )],
    ("一百三，八十五", "store", [bp(130, 85)]),
    ("138/85 132/82", "store", [bp(138, 85), bp(132, 82)]),
    ("138/85, 132/82", "store", [bp(138, 85), bp(132, 82)]),
    ("138/85 70 132/82 68", "store", [bp(138, 85), one(HR, 70), bp(132, 82), one(HR, 68)]),
    ("早上138/85 晚上132/82", "store", [bp(138, 85), bp(132, 82)]),
    ("morning 138/85 evening 132/82", "store", [bp(138, 85), bp(132, 82)]),
    ("82/128", "ask", [P]), ("12882", "ask", [P]), ("bp 82/128", "ask", [P]),
    ("1288/82", "ask", None), ("128/8", "ask", None), ("72", "ask", []), ("128", "ask", []),
    ("bp 128", "ask", []), ("血压128", "ask", []), ("高压128", "ask", []), ("128 82 9", "ask", None),
    ("128/82 foo 55", "ask", None), ("bp 300/200", "ask", None),
    ("about 128/82", "ask", None), ("血压大概128/82", "ask", None), ("血压130左右", "ask", None),
    ("my mum's bp 128/82", "ask", [P]), ("my husband 128/82", "ask", [P]), ("妈妈血压128/82", "ask", [P]),
    ("128/82 for my wife", "ask", [P]), ("last year 128/82", "ask", None),
    ("is 128/82 ok?", "ask", [P]), ("128/82正常吗", "ask", [P]), ("血压128/82高吗？", "ask", [P]),
    ("between 120/80 and 130/85", "ask", None), ("2030-01-01 128/82", "ask", None),
    ("7.2", "store", [one(GLU, 7.2)]), ("空腹 7.2", "store", [one(GLU, 7.2)]),
    ("sugar 7.2 fasting", "store", [one(GLU, 7.2)]), ("空腹 7", "store", [one(GLU, 7)]),
    ("饭后2小时 9.8", "store", [one(GLU, 9.8)]), ("130 mg/dl", "store", [one(GLU, 7.2)]),
    ("血糖7.2", "store", [one(GLU, 7.2)]), ("餐后两小时血糖9.8", "store", [one(GLU, 9.8)]),
    ("glucose 7.2 mmol/L", "store", [one(GLU, 7.2)]), ("sugar is 7.2", "store", [one(GLU, 7.2)]),
    ("7.2 mmol/l", "store", [one(GLU, 7.2)]), ("bg 7,2", "store", [one(GLU, 7.2)]),
    ("fasting glucose 5.6 mmol", "store", [one(GLU, 5.6)]), ("fasting sugar 98", "store", [one(GLU, 5.44)]),
    ("血糖七点二", "store", [one(GLU, 7.2)]), ("空腹血糖6.1，餐后8.9", "store", [one(GLU, 6.1), one(GLU, 8.9)]),
    ("早餐前 6.2 晚餐后 8.8", "store", [one(GLU, 6.2), one(GLU, 8.8)]),
    ("before breakfast 6.2", "store", [one(GLU, 6.2)]), ("睡前血糖7.5", "store", [one(GLU, 7.5)]),
    ("blood sugar 2 hours after lunch 8.9", "store", [one(GLU, 8.9)]), ("sugar 6", "store", [one(GLU, 6)]),
    ("my sugar this morning was 6.4", "store", [one(GLU, 6.4)]), ("血糖 5.6 空腹", "store", [one(GLU, 5.6)]),
    ("sugar 25", "ask", None), ("血糖28", "ask", None), ("血糖 0", "ask", None), ("血糖正常", "ask", []),
    ("sugar 2.4", "urgent", [one(GLU, 2.4)]), ("血糖16.8", "urgent", [one(GLU, 16.8)]),
    ("glucose 320 mg/dL", "urgent", [one(GLU, 17.76)]), ("HI", "urgent", [said(GLU)]),
    ("LO", "urgent", [said(GLU)]), ("血糖 HI", "urgent", [said(GLU)]), ("glucose 5.6 mg/dl", "ask", None),
    ("65.5 kg", "store", [one(WT, 65.5)]), ("130斤", "store", [one(WT, 65)]), ("体重130斤", "store", [one(WT, 65)]),
    ("weight 65.5kg", "store", [one(WT, 65.5)]), ("143 lb", "store", [one(WT, 64.86)]),
    ("11 stone 4", "store", [one(WT, 71.67)]), ("体重六十五公斤", "store", [one(WT, 65)]),
    ("体重65公斤半", "store", [one(WT, 65.5)]), ("I weigh 150 pounds", "store", [one(WT, 68.04)]),
    ("weight 160", "ask", None), ("体重65", "ask", None), ("weight 655 kg", "ask", None),
    ("lost 2 kg", "ignore", None), ("瘦了2公斤", "ignore", None), ("lost 60 kg", "ignore", None),
    ("heart rate 72", "store", [one(HR, 72)]), ("72 bpm", "store", [one(HR, 72)]), ("心率72", "store", [one(HR, 72)]),
    ("脉搏72次", "store", [one(HR, 72)]), ("pulse is 72", "store", [one(HR, 72)]), ("pulse 185", "ask", None),
    ("pulse 300", "ask", None), ("心率38", "urgent", [one(HR, 38)]),
    ("体温36.5", "store", [one("temperature", 36.5)]), ("36.8℃", "store", [one("temperature", 36.8)]),
    ("temp 98.6F", "store", [one("temperature", 37)]), ("体温三十七度二", "store", [one("temperature", 37.2)]),
    ("发烧38.5度", "store", [one("temperature", 38.5)]), ("temperature 37.2 c", "store", [one("temperature", 37.2)]),
    ("37度5", "store", [one("temperature", 37.5)]), ("体温40.2", "urgent", [one("temperature", 40.2)]),
    ("fever 101.5", "store", [one("temperature", 38.6)]), ("36.8", "ask", None),
    ("spo2 97", "store", [one("spo2", 97)]), ("血氧96%", "store", [one("spo2", 96)]), ("oxygen 97%", "store", [one("spo2", 97)]),
    ("血氧88", "urgent", [one("spo2", 88)]), ("hba1c 6.8", "store", [one("hba1c", 6.8)]),
    ("糖化血红蛋白6.5%", "store", [one("hba1c", 6.5)]), ("HbA1c 48 mmol/mol", "store", [one("hba1c", 48)]),
    ("slept 7 hours", "store", [one("sleep", 7)]), ("睡了7个半小时", "store", [one("sleep", 7.5)]),
    ("sleep 6.5h", "store", [one("sleep", 6.5)]), ("昨晚睡了六小时", "store", [one("sleep", 6)]),
    ("slept 7h30", "store", [one("sleep", 7.5)]), ("8000 steps", "store", [one("steps", 8000)]),
    ("走了8000步", "store", [one("steps", 8000)]), ("8,000 steps today", "store", [one("steps", 8000)]),
    ("今天走了一万步", "store", [one("steps", 10000)]), ("腰围85cm", "store", [one("waist", 85)]),
    ("waist 85 cm", "store", [one("waist", 85)]), ("waist 34 inches", "store", [one("waist", 86.36)]),
    ("BMI 24.5", "store", [one("bmi", 24.5)]), ("身高170厘米", "store", [one("height", 170)]),
    ("pain 6/10", "store", [one("pain", 6)]), ("疼痛5分", "store", [one("pain", 5)]), ("headache 7/10", "store", [one("pain", 7)]),
    ("pain level 3", "store", [one("pain", 3)]), ("腰疼 4/10", "store", [one("pain", 4)]),
    *[(t, "store", [said("medication_taken")]) for t in (
        "吃药了", "taken", "👍", "吃药了！", "took my pills", "药吃了", "took metformin 500mg", "吃了二甲双胍",
        "打了胰岛素8单位", "took two tablets", "已服药", "I took my blood pressure pill", "took my meds at 8am",
    )],
    *[(t, "store", [said("medication_missed")]) for t in (
        "forgot my pills", "忘了吃药", "没吃药", "missed my dose", "didn't take my meds", "药吃完了没买",
    )],
    *[(t, "store", [said("symptom")]) for t in (
        "头晕", "headache", "I feel dizzy", "有点恶心", "睡不着", "swollen ankles", "今天头疼，恶心",
    )],
    *[(t, "store", [said("mood")]) for t in ("😊", "feeling sad", "心情很好", "I'm anxious today", "今天很开心")],
    *[(t, "store", [said("diet")]) for t in (
        "早饭喝了粥", "had rice and fish for lunch", "dinner: noodles", "吃了两个苹果", "drank 2 beers",
    )],
    *[(t, "store", [said("event")]) for t in (
        "walked 30 minutes", "散步半小时", "打太极40分钟", "went swimming", "跑步3公里", "did yoga today",
    )],
    *[(t, "urgent", [said("symptom")]) for t in (
        "胸痛", "chest pain", "喘不上气", "I fainted", "不想活了", "说话不清，半边身体没力",
    )],
    ("没有胸痛", "store", [said("note")]), ("no chest pain", "store", [said("note")]),
    ("血压 128/82 吃药了", "store", [P, said("medication_taken")]),
    ("128/82, took my pills", "store", [P, said("medication_taken")]),
    ("128/82 头晕", "store", [P, said("symptom")]), ("128/82 feeling good", "store", [P, said("mood")]),
    ("血压128/82，血糖6.2，体重65公斤", "store", [P, one(GLU, 6.2), one(WT, 65)]),
    ("128/82 70 sugar 6.4 weight 65.5kg", "store", [P, one(HR, 70), one(GLU, 6.4), one(WT, 65.5)]),
    ("185/110", "urgent", [bp(185, 110)]), ("bp 150/125", "urgent", [bp(150, 125)]), ("血压75/45", "urgent", [bp(75, 45)]),
    ("185/110 chest pain", "urgent", [bp(185, 110), said("symptom")]),
    *[(t, "ignore", []) for t in (
        "hello", "undo", "不对", "撤销", "help", "?", "帮助", "菜单", "好的", "谢谢", "我今年72岁", "I am 72 years old",
        "我住在302室", "room 302", "my phone is 13800138000", "价格128元", "下周三10点复诊", "see you at 8",
        "the score was 110/98", "my goal is 120/80", "血压要控制在130/80以下", "what is a normal pulse",
        "remind me at 9", "提醒我8点量血压", "the oven is at 180", "今天气温32度", "target 6.5", "/help",
        "my address is 12/8 Main Street", "flight CA1288 at 8:20", "tyre pressure 32", "aspect ratio 16/9",
        "order number 12882", "密码128082", "正常血糖是3.9到6.1", "normal bp is 120/80", "the dog is 12 kg",
    )],
    ("120 80 60 40", "ask", None), ("previous 150/95 now 128/82", "ask", None),
    ("110 fasting", "ask", None), ("if my bp is 180/110", "ask", None), ("sugar 5 in tea", "ask", None),
    ("my bp is not 180/110", "ask", None), ("weight loss 40 kg", "ignore", []),
    ("send 128/82 to my daughter", "share_request", [P]), ("don't tell my wife 128/82", "store_private", [P]),
    ("改成 138/82", "store", [bp(138, 82)]), ("no, 138/82", "store", [bp(138, 82)]), ("不对，是138/82", "store", [bp(138, 82)]),
    ("I meant 138/82", "store", [bp(138, 82)]), ("sorry, 138/82", "store", [bp(138, 82)]),
    ("别记，血压128/82", "no_record", None), ("128/82 don't record this", "no_record", None),
    ("血压128/82，别告诉女儿", "store_private", [P]), ("128/82 keep this private", "store_private", [P]),
    ("头晕，不要告诉医生", "store_private", [said("symptom")]), ("tell my daughter I feel dizzy", "share_request", None),
    ("把今天的血压128/82发给王医生", "share_request", [P]),
]  # fmt: skip

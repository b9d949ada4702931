"""Character references and numbers, read as tdlib reads them from Telegram's HTML."""

_NAMED = {b"lt": "<", b"gt": ">", b"amp": "&", b"quot": '"'}


def decode_reference(text: bytes, at: int) -> tuple[str, int]:
    """The character a reference at `&` stands for and where it ends; empty when it is none.

    `text` ends with a zero byte.
    """
    end = at + 1
    if text[end] == ord("#"):
        hexadecimal = text[end + 1] == ord("x")
        end = start = end + (2 if hexadecimal else 1)
        digits = b"0123456789abcdefABCDEF" if hexadecimal else b"0123456789"
        while text[end] in digits:
            end += 1
        code = int(text[start:end] or b"0", 16 if hexadecimal else 10)
        if code == 0 or code >= 0x10FFFF or end - at >= 10:
            return "", at
        letter = chr(code)
    else:
        while text[end : end + 1].isalpha():
            end += 1
        letter = _NAMED.get(text[at + 1 : end], "")
        if not letter:
            return "", at
    return letter, end + (text[end] == ord(";"))


def int32(word: str) -> int:
    """As tdlib reads a number: the leading digits, wrapped to 32 bits, 0 when there are none."""
    sign, digits = (-1, word[1:]) if word.startswith("-") else (1, word)
    number = 0
    for digit in digits:
        if digit not in "0123456789":
            break
        number = number * 10 + int(digit)
    number = (sign * number) & 0xFFFFFFFF
    return number - 2**32 if number >= 2**31 else number

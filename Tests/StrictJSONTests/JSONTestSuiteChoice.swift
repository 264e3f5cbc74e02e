import StrictJSON
import Testing

/// What this reader does with a document that RFC 8259 lets a parser accept or refuse.
struct JSONTestSuiteChoice: Sendable, CustomTestStringConvertible {
    let file: String

    /// `nil` for a document that is read.
    let refusal: JSONError.Code?

    var testDescription: String { file }

    static let all: [JSONTestSuiteChoice] = [
        // Numbers keep their digits, whatever their size.
        .init(file: "i_number_double_huge_neg_exp.json", refusal: nil),
        .init(file: "i_number_huge_exp.json", refusal: nil),
        .init(file: "i_number_neg_int_huge_exp.json", refusal: nil),
        .init(file: "i_number_pos_double_huge_exp.json", refusal: nil),
        .init(file: "i_number_real_neg_overflow.json", refusal: nil),
        .init(file: "i_number_real_pos_overflow.json", refusal: nil),
        .init(file: "i_number_real_underflow.json", refusal: nil),
        .init(file: "i_number_too_big_neg_int.json", refusal: nil),
        .init(file: "i_number_too_big_pos_int.json", refusal: nil),
        .init(file: "i_number_very_big_negative_int.json", refusal: nil),

        // Half a surrogate pair is not a character.
        .init(file: "i_object_key_lone_2nd_surrogate.json", refusal: .loneSurrogate),
        .init(file: "i_string_1st_surrogate_but_2nd_missing.json", refusal: .loneSurrogate),
        .init(file: "i_string_1st_valid_surrogate_2nd_invalid.json", refusal: .loneSurrogate),
        .init(file: "i_string_incomplete_surrogate_and_escape_valid.json", refusal: .loneSurrogate),
        .init(file: "i_string_incomplete_surrogate_pair.json", refusal: .loneSurrogate),
        .init(file: "i_string_incomplete_surrogates_escape_valid.json", refusal: .loneSurrogate),
        .init(file: "i_string_invalid_lonely_surrogate.json", refusal: .loneSurrogate),
        .init(file: "i_string_invalid_surrogate.json", refusal: .loneSurrogate),
        .init(file: "i_string_inverted_surrogates_U+1D11E.json", refusal: .loneSurrogate),
        .init(file: "i_string_lone_second_surrogate.json", refusal: .loneSurrogate),

        // UTF-8 must be well-formed; nothing is repaired.
        .init(file: "i_string_UTF-8_invalid_sequence.json", refusal: .invalidUTF8),
        .init(file: "i_string_UTF8_surrogate_U+D800.json", refusal: .invalidUTF8),
        .init(file: "i_string_invalid_utf-8.json", refusal: .invalidUTF8),
        .init(file: "i_string_iso_latin_1.json", refusal: .invalidUTF8),
        .init(file: "i_string_lone_utf8_continuation_byte.json", refusal: .invalidUTF8),
        .init(file: "i_string_not_in_unicode_range.json", refusal: .invalidUTF8),
        .init(file: "i_string_overlong_sequence_2_bytes.json", refusal: .invalidUTF8),
        .init(file: "i_string_overlong_sequence_6_bytes.json", refusal: .invalidUTF8),
        .init(file: "i_string_overlong_sequence_6_bytes_null.json", refusal: .invalidUTF8),
        .init(file: "i_string_truncated-utf-8.json", refusal: .invalidUTF8),

        // UTF-8 is the only encoding, with or without a mark.
        .init(file: "i_string_UTF-16LE_with_BOM.json", refusal: .unexpectedByte),
        .init(file: "i_string_utf16BE_no_BOM.json", refusal: .unexpectedByte),
        .init(file: "i_string_utf16LE_no_BOM.json", refusal: .unexpectedByte),
        .init(file: "i_structure_UTF-8_BOM_empty_object.json", refusal: nil),

        // Nesting is bounded.
        .init(file: "i_structure_500_nested_arrays.json", refusal: .nestingTooDeep),
    ]
}

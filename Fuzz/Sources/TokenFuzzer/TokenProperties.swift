import FuzzSupport

/// What the token reader guarantees. Every input is read as a token; one with a line end is also the header and the
/// payload of a token, as JSON before and after the first line end.
enum TokenProperties {
    static func check(_ input: [UInt8]) {
        EncodingProperties.check(input)
        ForeignTokenProperties.check(String(decoding: input, as: UTF8.self))
        guard let lineEnd = input.firstIndex(of: UInt8(ascii: "\n")) else { return }
        SignedTokenProperties.check(header: Array(input[..<lineEnd]), payload: Array(input[(lineEnd + 1)...]))
    }
}

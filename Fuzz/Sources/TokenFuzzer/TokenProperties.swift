import FuzzSupport

/// What the token reader promises. An input is a token; if it has a line end in it, it is also the header and the payload
/// of one, each as JSON on either side of the first line end.
enum TokenProperties {
    static func check(_ input: [UInt8]) {
        EncodingProperties.check(input)
        ForeignTokenProperties.check(String(decoding: input, as: UTF8.self))
        guard let lineEnd = input.firstIndex(of: UInt8(ascii: "\n")) else { return }
        SignedTokenProperties.check(header: Array(input[..<lineEnd]), payload: Array(input[(lineEnd + 1)...]))
    }
}

import FuzzSupport

/// What the readers of others' keys and tokens guarantee. Every input is read as a key set and as a token; one with a
/// line end is also the header and the payload of a token that is signed with a known key.
enum JOSEProperties {
    static func check(_ input: [UInt8]) {
        KeySetProperties.check(input)
        StrangerProperties.check(String(decoding: input, as: UTF8.self))
        guard let lineEnd = input.firstIndex(of: UInt8(ascii: "\n")) else { return }
        SignatureProperties.check(header: Array(input[..<lineEnd]), payload: Array(input[(lineEnd + 1)...]))
    }
}

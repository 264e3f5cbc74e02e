/// The query string that the mini program returns to the app.
enum ReturnedQuery {
    case ticket(String)
    case cancelled
    case refusal(BusinessCode)

    /// - Parameter percentEncoded: Whether the message is percent-encoded; the vendor's mini program returns it
    ///   unencoded.
    func text(percentEncoded: Bool) -> String {
        let message = percentEncoded ? encoded(message) : message
        let start = "code=\(code)&message=\(message)"
        return if case .ticket(let ticket) = self { "\(start)&ticket=\(ticket)" } else { start }
    }

    private var code: Int {
        switch self {
        case .ticket: 200
        case .cancelled: 400
        case .refusal(let code): code.rawValue
        }
    }

    private var message: String {
        switch self {
        case .ticket: "授权成功"
        case .cancelled: "用户取消授权"
        case .refusal(let code): code.message
        }
    }

    /// Percent-encodes all but the unreserved characters (RFC 3986 §2.1, §2.3).
    private func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                String(UnicodeScalar(byte))
            default:
                "%" + Hexadecimal.text([byte]).uppercased()
            }
        }.joined()
    }
}

import Foundation

/// The query that an app launches the mini program with.
struct LaunchQuery {
    private let items: [String: String]

    /// Reads a launch path such as `/routes/explore?userPoolId=…`, or its query alone. If a name is repeated, the last
    /// value is used.
    init(_ launchPath: String) {
        let query = launchPath.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).last ?? ""
        let items = URLComponents(string: "?\(query)")?.queryItems ?? []
        self.items = Dictionary(items.map { ($0.name, $0.value ?? "") }) { _, last in last }
    }

    subscript(name: String) -> String? {
        items[name]
    }

    var userPoolId: String? { items["userPoolId"] }
    var asksForPhone: Bool { items["getPhone"] == "1" }
    var isFromApp: Bool { items["fromApp"] == "1" }
}

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

/// What the user does when the mini program asks.
public enum AuthorizationDecision: String, Sendable, Hashable {
    /// Grants the app access to the profile.
    case agree

    /// Declines.
    case refuse
}

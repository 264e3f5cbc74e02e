/// Texts that occur nowhere else. A test passes them to the tested code, and then looks for them where they must not
/// be.
enum Canary {
    static let ticket = "canary-ticket-Qm7xWb2LfT9e"
    static let secret = "canary-secret-Zk4vNc8RgH1u"
    static let token = "canary-token-Yp6sJd3MaV5i"
    static let phoneNumber = "+8613987654321"

    static let all = [ticket, secret, token, phoneNumber]

    /// The canaries that appear in a text, as they are or as a dump of their bytes.
    static func found(in text: String) -> [String] {
        let numbers = text.split { !$0.isNumber }.compactMap { UInt8($0) }
        return all.filter { canary in
            text.contains(canary) || text.contains(canary.dropFirst())
                || numbers.firstRange(of: Array(canary.utf8)) != nil
        }
    }
}

/// The ways in which a program turns a value into text.
enum Rendering: CaseIterable, Sendable {
    case interpolated
    case describing
    case reflecting
    case printed
    case debugPrinted
    case dumped

    func text<Value>(of value: Value) -> String {
        var text = ""
        switch self {
        case .interpolated: text = "\(value)"
        case .describing: text = String(describing: value)
        case .reflecting: text = String(reflecting: value)
        case .printed: print(value, to: &text)
        case .debugPrinted: debugPrint(value, to: &text)
        case .dumped: dump(value, to: &text)
        }
        return text
    }
}

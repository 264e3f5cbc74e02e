import BrokerSandbox

extension JSON {
    /// The value at a JSON Pointer (RFC 6901); nil if there is none.
    func value(at pointer: String) -> JSON? {
        Self.tokens(of: pointer).reduce(self) { value, token in
            switch value {
            case .object(let members): members[token]
            case .list(let elements): Int(token).flatMap { elements.indices.contains($0) ? elements[$0] : nil }
            default: nil
            }
        }
    }

    /// The same with a value at a pointer. What is missing on the way becomes a list where the pointer has `0`, and else an
    /// object.
    func setting(_ value: JSON, at pointer: String) -> JSON {
        setting(value, at: Self.tokens(of: pointer)[...])
    }

    private func setting(_ value: JSON, at tokens: ArraySlice<String>) -> JSON {
        guard let token = tokens.first else { return value }
        let rest = tokens.dropFirst()
        switch self {
        case .list(var elements):
            guard let index = Int(token), (0...elements.count).contains(index) else { return self }
            if index == elements.count { elements.append(.null) }
            elements[index] = elements[index].setting(value, at: rest)
            return .list(elements)
        case .object(var members):
            members[token] = (members[token] ?? .null).setting(value, at: rest)
            return .object(members)
        default:
            return (token == "0" ? JSON.list([]) : .object([:])).setting(value, at: tokens)
        }
    }

    private static func tokens(of pointer: String) -> [String] {
        pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
            .map { String($0).replacing("~1", with: "/").replacing("~0", with: "~") }
    }
}

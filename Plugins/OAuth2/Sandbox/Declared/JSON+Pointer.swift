import BrokerSandbox

extension JSON {
    /// The value at a JSON Pointer (RFC 6901); nil if there is none.
    func value(at pointer: String) -> JSON? {
        Self.tokens(of: pointer).reduce(self) { value, token in
            switch value {
            case .object(let members): members[token]
            case .list(let elements): Self.index(token).flatMap { elements.indices.contains($0) ? elements[$0] : nil }
            default: nil
            }
        }
    }

    /// The longest list that is filled up for the sake of an index.
    private static let longestList = 64

    /// The same with a value at a pointer. What is missing on the way becomes a list where the pointer has a small index, and
    /// else an object. A list that the pointer has a name in becomes an object, with its indices for names: a pointer finds
    /// the same in both.
    func setting(_ value: JSON, at pointer: String) -> JSON {
        setting(value, at: Self.tokens(of: pointer)[...])
    }

    private func setting(_ value: JSON, at tokens: ArraySlice<String>) -> JSON {
        guard let token = tokens.first else { return value }
        let rest = tokens.dropFirst()
        switch self {
        case .list(var elements):
            guard let index = Self.index(token) else {
                let members = elements.enumerated().map { ("\($0.offset)", $0.element) }
                return JSON.object(Dictionary(members) { first, _ in first }).setting(value, at: tokens)
            }
            while elements.count <= index { elements.append(.null) }
            elements[index] = elements[index].setting(value, at: rest)
            return .list(elements)
        case .object(var members):
            members[token] = (members[token] ?? .null).setting(value, at: rest)
            return .object(members)
        default:
            return (Self.index(token) == nil ? .object([:]) : JSON.list([])).setting(value, at: tokens)
        }
    }

    /// The index of a list that a token is (RFC 6901 §4: digits without a leading zero); nil for a name, or one beyond
    /// what is filled up.
    private static func index(_ token: String) -> Int? {
        Int(token).flatMap { (0..<longestList).contains($0) && "\($0)" == token ? $0 : nil }
    }

    private static func tokens(of pointer: String) -> [String] {
        pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
            .map { String($0).replacing("~1", with: "/").replacing("~0", with: "~") }
    }
}

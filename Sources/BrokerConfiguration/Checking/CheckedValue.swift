import IdentityBroker

/// A value that is what its setting's form says, with its place in the file.
struct CheckedValue: Sendable {
    let content: Content
    let position: SourcePosition

    enum Content: Sendable, Equatable {
        case text(String)
        case boolean(Bool)
        case integer(Int)
        case duration(Duration)
        case secret(SecretReference)
        case list([CheckedValue])
        case object([String: CheckedValue])
    }
}

extension CheckedValue: Equatable {
    /// Whether both say the same, wherever they stand.
    static func == (left: CheckedValue, right: CheckedValue) -> Bool {
        left.content == right.content
    }
}

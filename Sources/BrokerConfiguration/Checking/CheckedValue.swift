import IdentityBroker

/// A value that conforms to its setting's form, with its position in the file.
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
    /// Whether both have the same contents, regardless of their positions.
    static func == (left: CheckedValue, right: CheckedValue) -> Bool {
        left.content == right.content
    }
}

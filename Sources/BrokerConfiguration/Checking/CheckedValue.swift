import IdentityBroker

/// A value that conforms to its setting's form, with its position in the file.
struct CheckedValue: Sendable {
    let content: Content
    let position: SourcePosition
    /// The file that it is in; nil for the configuration itself.
    var file: String?
    /// What is wrong with that file. The content is empty then.
    var problems: [ConfigurationProblem] = []
    /// Whether that file was read. The content is empty if not.
    var isRead = true

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
    /// Whether both have the same contents, regardless of their positions. A file that was not read is taken to be as it
    /// was.
    static func == (left: CheckedValue, right: CheckedValue) -> Bool {
        guard left.isRead, right.isRead else { return left.file == right.file }
        return left.content == right.content && left.problems == right.problems
    }
}

extension CheckedValue {
    /// The members, if the value is an object.
    var members: [String: CheckedValue]? {
        guard case .object(let members) = content else { return nil }
        return members
    }

    /// The value of a member.
    subscript(_ key: String) -> CheckedValue? { members?[key] }

    /// The text, if the value is one.
    var text: String? {
        guard case .text(let text) = content else { return nil }
        return text
    }

    /// The Boolean, if the value is one.
    var boolean: Bool? {
        guard case .boolean(let flag) = content else { return nil }
        return flag
    }

    /// The number, if the value is a whole number or a size.
    var integer: Int? {
        guard case .integer(let number) = content else { return nil }
        return number
    }

    /// The duration, if the value is one.
    var duration: Duration? {
        guard case .duration(let duration) = content else { return nil }
        return duration
    }

    /// The elements, if the value is a list.
    var elements: [CheckedValue]? {
        guard case .list(let elements) = content else { return nil }
        return elements
    }
}

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

package import StrictJSON

extension JSONValue {
    /// Whether a text, beside those of some members at any depth, has U+FFFD in place of what could not be read: it might be
    /// an id, and a repaired id is another one.
    ///
    /// - Parameter words: The members that identify no one, such as names and messages.
    package func isBroken(beyond words: Set<String>) -> Bool {
        switch self {
        case .string(let text): text.isBroken
        case .array(let elements): elements.contains { $0.isBroken(beyond: words) }
        case .object(let members):
            members.contains { member in
                member.name.isBroken || (!words.contains(member.name) && member.value.isBroken(beyond: words))
            }
        default: false
        }
    }
}

extension String {
    fileprivate var isBroken: Bool { unicodeScalars.contains("\u{FFFD}") }
}

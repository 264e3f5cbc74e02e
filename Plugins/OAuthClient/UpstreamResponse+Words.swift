package import IdentityBroker
import StrictJSON

extension UpstreamResponse {
    /// The same answer with U+FFFD in place of what cannot be read in these members of its JSON, at any depth. If there is
    /// more that cannot be read, the answer stays broken: that might be an id, and a repaired id is another one.
    ///
    /// - Parameter words: The members that identify no one, such as names and messages.
    package func repaired(in words: Set<String>) -> UpstreamResponse {
        guard (try? JSONReader.allowingRawControlCharacters.read(body)) == nil else { return self }
        let repaired = repaired
        let value = try? JSONReader.allowingRawControlCharacters.read(repaired.body)
        return value.map { $0.isBroken(beyond: words) } == false ? repaired : self
    }
}

extension JSONValue {
    fileprivate func isBroken(beyond words: Set<String>) -> Bool {
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

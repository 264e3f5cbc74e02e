package import IdentityBroker
import StrictJSON

extension UpstreamResponse {
    /// The same answer with U+FFFD in place of what cannot be read in these members of its JSON, at any depth. If there is
    /// more that cannot be read, the answer stays broken: that might be an id, and a repaired id is another one.
    ///
    /// - Parameter words: The members that identify no one, such as names and messages.
    package func repaired(in words: Set<String>) -> UpstreamResponse {
        let (reader, repaired) = (JSONReader.allowingRawControlCharacters, repaired)
        guard (try? reader.read(body)) == nil, let value = try? reader.read(repaired.body),
            !value.isBroken(beyond: words)
        else { return self }
        return repaired
    }
}

extension JSONValue {
    fileprivate func isBroken(beyond words: Set<String>) -> Bool {
        switch self {
        case .string(let text): TextRepair.isRepaired(text)
        case .array(let elements): elements.contains { $0.isBroken(beyond: words) }
        case .object(let members):
            members.contains { member in
                TextRepair.isRepaired(member.name)
                    || (!words.contains(member.name) && member.value.isBroken(beyond: words))
            }
        default: false
        }
    }
}

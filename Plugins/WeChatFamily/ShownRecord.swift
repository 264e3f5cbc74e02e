package import IdentityBroker
package import StrictJSON

extension JSONObject {
    /// What callers may see of an answer: neither what was issued for it, nor the vendor's message, which repeats our address and
    /// what we asked; at any depth.
    package var shown: JSONObject {
        JSONObject(
            filter { !Self.secretNames.contains($0.name) && !Self.messageNames.contains($0.name) }
                .map { ($0.name, $0.value.shown) })
    }

    /// What the vendor issued for an answer, at any depth.
    package var secrets: [Secret] {
        flatMap { member in
            guard Self.secretNames.contains(member.name), let text = member.value.string else {
                return member.value.secrets
            }
            return text.isEmpty ? [] : [Secret(text)]
        }
    }

    private static let secretNames: Set<String> = ["session_key", "access_token", "refresh_token", "user_ticket"]
    private static let messageNames: Set<String> = ["errcode", "errmsg"]
}

extension JSONValue {
    fileprivate var shown: JSONValue {
        if let object { return .object(object.shown) }
        if let array { return .array(array.map(\.shown)) }
        return self
    }

    fileprivate var secrets: [Secret] {
        if let object { return object.secrets }
        return array?.flatMap(\.secrets) ?? []
    }
}

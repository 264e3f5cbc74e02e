package import IdentityBroker
package import StrictJSON

/// The secrets in the answer of a token endpoint, wherever they are in it: a record that repeats one must not show it.
package enum IssuedSecrets {
    /// What is shorter is no secret that could be told from other text.
    private static let leastBytes = 16
    /// The members that are secret, with all texts beneath them: in lower case, without underscores.
    private static let names: Set = [
        "accesstoken", "apikey", "appsecret", "authtoken", "clientsecret", "devicesecret", "idtoken", "mackey",
        "oauthtoken", "oauthtokensecret", "refreshtoken", "sessionkey", "sessionsecret", "sessiontoken", "usertoken",
    ]

    /// Finds them, each once.
    package static func all(in answer: JSONValue) -> [Secret] {
        var texts: Set<String> = []
        add(answer, isSecret: false, to: &texts)
        return texts.sorted().map { Secret($0) }
    }

    private static func add(_ value: JSONValue, isSecret: Bool, to texts: inout Set<String>) {
        switch value {
        case .string(let text):
            if isSecret, text.utf8.count >= leastBytes { texts.insert(text) }
        case .array(let elements):
            for element in elements { add(element, isSecret: isSecret, to: &texts) }
        case .object(let members):
            for member in members { add(member.value, isSecret: isSecret || isName(member.name), to: &texts) }
        default: break
        }
    }

    /// What callers may see of a record: neither the members that are secret, nor those of these names, at any depth.
    package static func removed(from record: JSONValue, besides names: Set<String> = []) -> JSONValue {
        switch record {
        case .array(let elements): return .array(elements.map { removed(from: $0, besides: names) })
        case .object(let members):
            let shown = members.filter { !isName($0.name) && !names.contains($0.name) }
            return .object(JSONObject(shown.map { ($0.name, removed(from: $0.value, besides: names)) }))
        default: return record
        }
    }

    private static func isName(_ name: String) -> Bool {
        names.contains(name.lowercased().replacing("_", with: ""))
    }
}

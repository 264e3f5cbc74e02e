package import IdentityBroker
package import StrictJSON

/// The secrets that an upstream issues in an answer, wherever they are in it: a record that repeats one must not show it.
package enum IssuedSecrets {
    /// What is shorter is no secret that could be told from other text.
    private static let leastBytes = 16
    /// The members that are secret, with all texts beneath them: in lower case, without underscores.
    private static let names: Set = [
        "accesstoken", "apikey", "appsecret", "authtoken", "clientsecret", "devicesecret", "idtoken", "mackey",
        "oauthtoken", "oauthtokensecret", "refreshtoken", "sessionkey", "sessionsecret", "sessiontoken", "usertoken",
        "userticket",
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

    fileprivate static func isName(_ name: String) -> Bool {
        names.contains(name.lowercased().replacing("_", with: ""))
    }
}

extension JSONValue {
    /// The same record without the members that are secret, at any depth: what callers may see of it.
    package var withoutIssuedSecrets: JSONValue {
        switch self {
        case .array(let elements): return .array(elements.map(\.withoutIssuedSecrets))
        case .object(let members):
            let shown = members.filter { !IssuedSecrets.isName($0.name) }
            return .object(JSONObject(shown.map { ($0.name, $0.value.withoutIssuedSecrets) }))
        default: return self
        }
    }
}

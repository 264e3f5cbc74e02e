package import IdentityBroker
package import StrictJSON

/// The secrets in the answer of a token endpoint, wherever they are in it.
///
/// A record that repeats one must not show it, and each one costs a search through that record.
package enum IssuedSecrets {
    /// More than any upstream issues at once.
    private static let most = 16
    /// What is shorter is no secret that could be told from other text.
    private static let leastBytes = 16
    /// The members that are secret, with all texts beneath them: in lower case, without underscores.
    private static let names: Set = [
        "accesstoken", "apikey", "appsecret", "authtoken", "clientsecret", "devicesecret", "idtoken", "mackey",
        "oauthtoken", "oauthtokensecret", "refreshtoken", "sessionkey", "sessionsecret", "sessiontoken", "usertoken",
    ]

    /// Finds them, each once.
    ///
    /// - Throws: ``BrokerError`` of kind `upstreamMisbehaved` if there are more than 16.
    package static func all(in answer: JSONValue) throws(BrokerError) -> [Secret] {
        var texts: Set<String> = []
        guard add(answer, isSecret: false, to: &texts) else {
            throw BrokerError(
                .upstreamMisbehaved, "The answer of the provider's token endpoint has more than \(most) secrets.")
        }
        return texts.sorted().map { Secret($0) }
    }

    /// Adds the secrets in a value; returns false, and stops, once there are too many.
    private static func add(_ value: JSONValue, isSecret: Bool, to texts: inout Set<String>) -> Bool {
        switch value {
        case .string(let text):
            if isSecret, text.utf8.count >= leastBytes { texts.insert(text) }
            return texts.count <= most
        case .array(let elements):
            return elements.allSatisfy { add($0, isSecret: isSecret, to: &texts) }
        case .object(let members):
            return members.allSatisfy { member in
                add(member.value, isSecret: isSecret || isName(member.name), to: &texts)
            }
        default: return true
        }
    }

    private static func isName(_ name: String) -> Bool {
        names.contains(name.lowercased().replacing("_", with: ""))
    }
}

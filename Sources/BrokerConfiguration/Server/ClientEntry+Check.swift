import IdentityBroker

extension ClientEntry {
    /// The problems of the client's secrets.
    func problems(resolver: SecretResolver) -> [ConfigurationProblem] {
        do {
            _ = try secrets(resolver: resolver)
            return []
        } catch {
            return error.problems
        }
    }

    var warnings: [ConfigurationProblem] {
        var warnings = source.literalSecrets
        if redeemsTicketsWithoutAuthentication {
            let message = "Anyone with a ticket can sign in through this client: a ticket does not name an app."
            let place = source.member("redeemsTicketsWithoutAuthentication")
            warnings.append(place.problem(.advice, message))
        }
        return warnings
    }
}

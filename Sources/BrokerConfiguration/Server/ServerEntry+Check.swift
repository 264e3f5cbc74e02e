import IdentityBroker

extension ServerEntry {
    /// What is wrong with the key encryption key.
    func problems(resolver: SecretResolver) -> [ConfigurationProblem] {
        do {
            _ = try keyEncryptionKey(resolver: resolver)
            return []
        } catch {
            return error.problems
        }
    }

    var warnings: [ConfigurationProblem] {
        var warnings = source.literalSecrets
        if tls == nil, trustedProxies.isEmpty, !listen.isLoopback {
            let message =
                "Plain HTTP is served to other machines. Set 'tls', or say in 'trustedProxies' which proxy speaks it."
            warnings.append(source.member("listen").problem(.advice, message))
        }
        return warnings
    }
}

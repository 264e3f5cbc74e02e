import IdentityBroker

extension CheckedSettings {
    /// The problem for an error that was thrown while something was made from these settings.
    func problem(for error: any Error) -> ConfigurationProblem {
        switch error {
        case let error as BrokerError:
            let kind: ConfigurationProblem.Kind =
                switch error.kind {
                case .misconfigured: .refusedSettings
                case .unavailable: .unavailable
                default: .defect
                }
            return problem(kind, redacted(error.message))
        case DecodingError.dataCorrupted(let context):
            return descendant(at: context.codingPath).problem(.refusedSettings, redacted(context.debugDescription))
        case DecodingError.keyNotFound(_, let context), DecodingError.typeMismatch(_, let context),
            DecodingError.valueNotFound(_, let context):
            let message = "The program does not read this setting as it describes it. This is a bug in the program."
            return descendant(at: context.codingPath).problem(.defect, message)
        default:
            return problem(
                .defect, "The program failed on these settings (\(type(of: error))). This is a bug in the program.")
        }
    }

    /// The secret references in these settings that cannot be resolved.
    func unresolvedSecrets(by resolver: SecretResolver) -> [ConfigurationProblem] {
        secrets.compactMap { reference, place -> ConfigurationProblem? in
            do throws(BrokerError) {
                _ = try resolver.resolve(reference)
                return nil
            } catch {
                return place.problem(.unresolvedSecret, error.message)
            }
        }
    }

    /// Warnings about literal secrets in the file.
    var literalSecrets: [ConfigurationProblem] {
        secrets.compactMap { reference, place in
            guard case .literal = reference else { return nil }
            let message =
                "The secret is in the file itself, where anyone who reads the file sees it. Prefer env or file."
            return place.problem(.advice, message)
        }
    }

    /// A plugin's message without the secrets from the file, since plugins are not trusted to omit them.
    private func redacted(_ text: String) -> String {
        secrets.reduce(text) { text, secret in
            guard case .literal(let literal) = secret.reference else { return text }
            return text.replacing(literal.reveal(), with: "<redacted>")
        }
    }
}

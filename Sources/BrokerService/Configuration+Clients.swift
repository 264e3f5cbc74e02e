import BrokerConfiguration
import BrokerTokens
import IdentityBroker

/// The clients of a configuration that could be made, and the problems of the others.
struct MadeTokenClients: Sendable {
    var clients: [TokenClient] = []
    /// The ids of the others.
    var refused: Set<String> = []
    var problems: [ConfigurationProblem] = []
}

extension Configuration {
    /// The clients, with their secrets.
    ///
    /// - Throws: ``ConfigurationError`` with the problems of all of them.
    func tokenClients() throws(ConfigurationError) -> [TokenClient] {
        let made = madeTokenClients { $0.signingAlgorithm }
        guard made.problems.isEmpty else { throw ConfigurationError(problems: made.problems) }
        return made.clients
    }

    /// The clients that can be made, with their secrets.
    ///
    /// - Parameter algorithm: The signing algorithm of a client's tokens, in case it differs from the configuration;
    ///   nil to omit the client.
    func madeTokenClients(signingWith algorithm: (ClientEntry) -> SigningAlgorithm?) -> MadeTokenClients {
        var made = MadeTokenClients()
        for entry in clients {
            do {
                let client = try entry.tokenClient(signingWith: algorithm(entry))
                if algorithm(entry) != nil { made.clients.append(client) }
            } catch {
                made.refused.insert(entry.id)
                made.problems += error.problems
            }
        }
        return made
    }
}

extension ClientEntry {
    fileprivate func tokenClient(signingWith algorithm: SigningAlgorithm?) throws(ConfigurationError) -> TokenClient {
        let secrets = try secrets()
        do throws(BrokerError) {
            return try TokenClient(self, secrets: secrets, signingWith: algorithm)
        } catch {
            throw ConfigurationError(problems: [problem(for: error)])
        }
    }
}

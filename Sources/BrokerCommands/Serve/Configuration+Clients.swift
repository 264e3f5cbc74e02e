import BrokerConfiguration
import BrokerTokens
import IdentityBroker

extension Configuration {
    /// The clients, with their secrets.
    ///
    /// - Parameter algorithm: What a client's tokens are signed with, where that is not what configuration says; nil to
    ///   leave the client out.
    /// - Throws: ``ConfigurationError`` with the problems of all of them.
    func tokenClients(
        signingWith algorithm: (ClientEntry) -> SigningAlgorithm? = { $0.algorithm }
    ) throws(ConfigurationError) -> [TokenClient] {
        var tokenClients: [TokenClient] = []
        var problems: [ConfigurationProblem] = []
        for entry in clients {
            let secrets: [Secret]
            do {
                secrets = try entry.secrets()
            } catch {
                problems += error.problems
                continue
            }
            do {
                let client = try TokenClient(entry, secrets: secrets, signingWith: algorithm(entry))
                if algorithm(entry) != nil { tokenClients.append(client) }
            } catch {
                problems.append(entry.problem(for: error))
            }
        }
        guard problems.isEmpty else { throw ConfigurationError(problems: problems) }
        return tokenClients
    }
}

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
    /// The clients, with what they authenticate with.
    ///
    /// - Throws: ``ConfigurationError`` with the problems of all of them.
    func tokenClients() throws(ConfigurationError) -> [TokenClient] {
        let made = madeTokenClients
        guard made.problems.isEmpty else { throw ConfigurationError(problems: made.problems) }
        return made.clients
    }

    /// The clients that can be made, with what they authenticate with.
    var madeTokenClients: MadeTokenClients {
        var made = MadeTokenClients()
        for entry in clients {
            do {
                made.clients.append(try entry.tokenClient())
            } catch {
                made.refused.insert(entry.id)
                made.problems += error.problems
            }
        }
        return made
    }
}

extension Configuration {
    /// Where each client may be sent something.
    var clientNetworks: [String: NetworkPolicy] {
        Dictionary(clients.map { ($0.id, $0.deliveryNetwork) }) { first, _ in first }
    }
}

extension ClientEntry {
    fileprivate func tokenClient() throws(ConfigurationError) -> TokenClient {
        let authentication = try authentication()
        do throws(BrokerError) {
            return try TokenClient(self, authentication: authentication)
        } catch {
            throw ConfigurationError(problems: [problem(for: error)])
        }
    }
}

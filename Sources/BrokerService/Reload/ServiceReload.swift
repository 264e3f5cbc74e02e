import BrokerConfiguration
import BrokerServer
import BrokerServing
import BrokerTokens
import IdentityBroker
import Logging

/// Applies a new configuration to the running service: clients, rates, and who may see the metrics.
struct ServiceReload: Sendable {
    let tokens: TokenService
    let keys: SigningKeys
    let endpoints: BrokerEndpoints
    /// The certificate in use; nil for plain HTTP.
    let certificate: ServingCertificate?
    /// Where clients may be sent something.
    let networks: ClientNetworks
    let logger: Logger

    /// Reads and makes everything that can fail. A part that fails stays as it was, and does not prevent the rest from
    /// being applied.
    func prepare(_ new: Configuration) throws(ConfigurationError) -> PreparedChange {
        let server = try new.servedEntry()
        var problems = encryptionKeyProblems(of: server)
        var refusedSettings: Set<String> = problems.isEmpty ? [] : ["keyEncryptionKey"]
        let running = tokens.clients
        let made = new.madeTokenClients
        problems += made.problems
        let directory: ClientDirectory
        do throws(BrokerError) {
            directory = try ClientDirectory(made.clients + made.refused.compactMap { running[$0] })
        } catch {
            throw ConfigurationError(problems: new.clients.prefix(1).map { $0.problem(for: error) })
        }
        let renewal: @Sendable () -> Void
        do {
            renewal = try certificateChange(server)
        } catch {
            renewal = {}
            problems += error.problems
            refusedSettings.insert("tls")
        }
        return PreparedChange(
            problems: problems, refusedClients: made.refused, refusedSettings: refusedSettings
        ) {
            apply(server, directory)
            networks.replace(with: new.clientNetworks, keeping: made.refused)
            renewal()
            new.logNetworkAdvice(to: logger)
        }
    }

    /// A closure that switches to a certificate in other files. One that was renewed in the same files is handled
    /// elsewhere.
    private func certificateChange(_ server: ServerEntry) throws(ConfigurationError) -> @Sendable () -> Void {
        guard let certificate, let files = server.tls,
            !certificate.isServed(from: files.certificate, files.key)
        else { return {} }
        do {
            return try certificate.replacement(certificateFile: files.certificate, keyFile: files.key)
        } catch {
            throw ConfigurationError(problems: [server.problem(for: error, at: ["tls"])])
        }
    }

    /// Checks the configured key now. It is otherwise read again only when the stored keys do not open with the current
    /// one, or at the next start, so that an unreadable or wrong one would be noticed no earlier.
    private func encryptionKeyProblems(of server: ServerEntry) -> [ConfigurationProblem] {
        do {
            let key = try server.makeEncryptionKey()
            do throws(BrokerError) {
                try keys.check(key)
                return []
            } catch {
                return [server.problem(for: error, at: ["keyEncryptionKey"])]
            }
        } catch {
            return error.problems
        }
    }

    private func apply(_ server: ServerEntry, _ directory: ClientDirectory) {
        do {
            try tokens.replaceClients(with: directory)
        } catch {
            logger.error("clients not replaced", metadata: ["broker.reason": "\(error.message)"])
        }
        endpoints.adjust(
            clientRate: server.requests.clientRate,
            addressRate: server.requests.addressRate,
            transactionRate: server.requests.transactionRate,
            metricsNetworks: server.metricsNetworks
        )
    }
}

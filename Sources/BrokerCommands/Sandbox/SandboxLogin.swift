import BrokerConfiguration
import GenAuthSandbox
import IdentityBroker

/// A sandbox for one login: it is there before the login begins, and gone when the login is over.
struct SandboxLogin {
    let id: ProviderID
    let composition: Composition

    /// - Throws: ``BrokerError`` where the instance is not there, is switched off, or is none of GenAuth's.
    init(of id: ProviderID, in configuration: Configuration, composition: Composition) throws(BrokerError) {
        let entry = try configuration.entry(for: id)
        guard entry.isEnabled else {
            throw BrokerError(.providerDisabled, "The provider is switched off.")
        }
        guard entry.manifest.type == "wxapp" else {
            throw .misconfigured("The sandbox is GenAuth's: it stands in for providers of type wxapp and no others.")
        }
        self.id = id
        self.composition = composition
    }

    /// Starts a sandbox and logs in with a ticket that it minted and a configuration that points at it.
    func run(
        _ login: (Configuration, Credential) async throws(BrokerError) -> Identity
    ) async throws(BrokerError) -> Identity {
        let sandbox = try await SandboxCommand.start(GenAuthSandbox.Configuration())
        let files: SandboxFiles
        do throws(BrokerError) {
            files = try SandboxFiles(for: sandbox, as: id, in: nil)
        } catch {
            await sandbox.stop()
            throw error
        }
        let outcome: Result<Identity, BrokerError>
        do throws(BrokerError) {
            let configuration = try loadConfiguration(from: files)
            outcome = .success(try await login(configuration, mintTicket(from: sandbox)))
        } catch {
            outcome = .failure(error)
        }
        await sandbox.stop()
        files.remove()
        return try outcome.get()
    }

    private func loadConfiguration(from files: SandboxFiles) throws(BrokerError) -> Configuration {
        do {
            return try Configuration.load(
                contentsOf: files.configuration,
                providers: composition.providers,
                stores: composition.stores
            )
        } catch {
            throw composition.console.report(error)
        }
    }

    private func mintTicket(from sandbox: GenAuthSandbox) throws(BrokerError) -> Credential {
        do {
            return .ticket(try sandbox.mintTicket())
        } catch {
            throw BrokerError(.internalError, "The sandbox could not mint a ticket.")
        }
    }
}

import BrokerConfiguration
import GenAuthSandbox
import IdentityBroker

/// A sandbox for one login: it is there before the login begins, and gone when the process is.
struct SandboxLogin {
    /// Points at the sandbox.
    let configuration: Configuration
    /// A ticket that the sandbox has minted.
    let ticket: Credential

    /// Starts a sandbox that stands in for a provider.
    ///
    /// - Throws: ``BrokerError`` where the instance does not exist, is switched off, or is not of GenAuth's type.
    init(
        of id: ProviderID,
        in configuration: Configuration,
        composition: Composition
    ) async throws(BrokerError) {
        let entry = try configuration.entry(for: id)
        guard entry.isEnabled else {
            throw BrokerError(.providerDisabled, "The provider is switched off.")
        }
        guard entry.manifest.type == "wxapp" else {
            throw .misconfigured("The sandbox runs GenAuth, so it can replace only providers of type wxapp.")
        }
        let sandbox = try await SandboxCommand.start(GenAuthSandbox.Configuration(), endingWith: composition.end)
        let files = try SandboxFiles(for: sandbox, as: id, in: nil, endingWith: composition.end)
        self.configuration = try files.loadConfiguration(in: composition)
        do {
            ticket = .ticket(try sandbox.mintTicket())
        } catch {
            throw BrokerError(.internalError, "The sandbox could not mint a ticket.")
        }
    }
}

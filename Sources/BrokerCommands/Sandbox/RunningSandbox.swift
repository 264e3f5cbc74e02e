import ArgumentParser
import BrokerConfiguration
import BrokerSandbox
import BrokerService
import IdentityBroker

/// A sandbox that replaces a provider's upstream until the command ends, with the files that refer to it.
struct RunningSandbox: Sendable {
    let id: ProviderID
    let files: SandboxFiles
    private let sandbox: any Sandbox

    /// Starts a sandbox.
    ///
    /// - Parameters:
    ///   - id: The provider whose upstream it replaces.
    ///   - directory: The directory for its files; nil for one that is removed with the command.
    init<Kind: Sandbox>(
        _ kind: Kind.Type,
        _ options: Kind.Options,
        as id: ProviderID,
        directory: String? = nil,
        endingWith end: OrderlyEnd
    ) async throws(BrokerError) {
        let sandbox: Kind
        do {
            sandbox = try await Kind.start(with: options)
        } catch {
            throw BrokerError(.internalError, "The sandbox cannot start. Is the port free?")
        }
        end.add("the sandbox") { await sandbox.stop() }
        self.id = id
        self.sandbox = sandbox
        files = try SandboxFiles(for: sandbox, as: id, in: directory, endingWith: end)
    }

    /// Starts a sandbox with its default options.
    init<Kind: Sandbox>(_ kind: Kind.Type, as id: ProviderID, endingWith end: OrderlyEnd) async throws(BrokerError) {
        let options: Kind.Options
        do {
            options = try Kind.Options.parse([])
        } catch {
            throw BrokerError(
                .internalError, "The sandbox of \(Kind.providerType) does not start without options. This is a defect.")
        }
        try await self.init(kind, options, as: id, endingWith: end)
    }

    var displayName: String { type(of: sandbox).displayName }

    var baseURL: String { sandbox.baseURL }

    /// - Throws: ``BrokerError`` if the sandbox cannot create it.
    func mintCredential() throws(BrokerError) -> Credential {
        try minting { try sandbox.mintCredential() }
    }

    /// - Throws: As ``mintCredential()``.
    func makeGuide() throws(BrokerError) -> SandboxGuide {
        try minting { try sandbox.makeGuide() }
    }

    private func minting<Value>(_ mint: () throws -> Value) throws(BrokerError) -> Value {
        do { return try mint() } catch {
            throw BrokerError(.internalError, "The sandbox could not mint a credential.")
        }
    }
}

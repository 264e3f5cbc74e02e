import ArgumentParser
import BrokerConfiguration
import BrokerSandbox
import BrokerService
import IdentityBroker

/// A sandbox that replaces a provider's upstream until the command ends, with the files that refer to it.
struct RunningSandbox: Sendable {
    let id: ProviderID
    let kind: SandboxKind
    let files: SandboxFiles
    private let sandbox: any Sandbox

    /// Starts a sandbox.
    ///
    /// - Parameters:
    ///   - id: The provider whose upstream it replaces.
    ///   - directory: The directory for its files; nil for one that is removed with the command.
    init(
        _ kind: SandboxKind,
        _ options: any ParsableArguments & Sendable,
        as id: ProviderID,
        directory: String? = nil,
        endingWith end: OrderlyEnd
    ) async throws(BrokerError) {
        let sandbox: any Sandbox
        do {
            sandbox = try await kind.start(options, id)
        } catch let error as BrokerError {
            throw error
        } catch {
            throw BrokerError(startingSandbox: error)
                ?? BrokerError(.internalError, "The sandbox cannot start: \(type(of: error)).")
        }
        end.add("the sandbox") { await sandbox.stop() }
        self.id = id
        self.kind = kind
        self.sandbox = sandbox
        files = try SandboxFiles(for: sandbox, of: kind, as: id, in: directory, endingWith: end)
    }

    /// Starts a sandbox with its default options.
    ///
    /// - Parameter files: The files that it follows, by the settings that name them.
    init(
        _ kind: SandboxKind,
        following files: [(setting: String, path: String)],
        as id: ProviderID,
        endingWith end: OrderlyEnd
    ) async throws(BrokerError) {
        let options: any ParsableArguments & Sendable
        do {
            options = try kind.options.parse(files.map { "--\($0.setting)=\($0.path)" })
        } catch {
            throw BrokerError(
                .internalError, "The sandbox of \(kind.providerType) does not take its own options. This is a bug.")
        }
        try await self.init(kind, options, as: id, endingWith: end)
    }

    /// Checks the files that the sandbox follows, as a login would find them.
    ///
    /// - Throws: ``ConfigurationError`` that names the options which name the files, or ``BrokerError``.
    func checkFollowedFiles(in composition: Composition) throws {
        guard !kind.followedSettings.isEmpty else { return }
        let problems = try files.loadConfiguration(in: composition).check().problems
        guard problems.isEmpty else {
            throw ConfigurationError(
                problems: problems.map { problem in
                    let option = kind.followedSettings.first { problem.file == "\(files.directory)/\($0)" }
                    return option.map { problem.found(in: "the file of --\($0)") } ?? problem
                })
        }
    }

    var baseURL: String { sandbox.baseURL }

    var people: [SandboxPerson] { sandbox.people }

    /// How a person signs in.
    ///
    /// - Parameter name: Their name; nil for the first person.
    /// - Throws: ``BrokerError``, of kind `misconfigured` if there is no such person.
    func signIn(as name: String?) throws(BrokerError) -> SandboxSignIn {
        guard let person = name == nil ? people.first : people.first(where: { $0.name == name }) else {
            let names = people.map(\.name).joined(separator: ", ")
            throw .misconfigured("The sandbox knows no such person. It knows: \(names).")
        }
        return try minting { try sandbox.signIn(as: person) }
    }

    /// - Throws: ``BrokerError`` if the sandbox cannot create a credential.
    func makeGuide() throws(BrokerError) -> SandboxGuide {
        try minting { try sandbox.makeGuide() }
    }

    private func minting<Value>(_ mint: () throws -> Value) throws(BrokerError) -> Value {
        do { return try mint() } catch {
            throw BrokerError(.internalError, "The sandbox could not mint a credential.")
        }
    }
}

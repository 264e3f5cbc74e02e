import ArgumentParser
import IdentityBroker
import StrictJSON

struct NewProviderCommand: RunnableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Creates a package with a working provider for you to change.",
        discussion: """
            The provider exchanges tickets with an upstream that speaks JSON. The package has tests, a configuration \
            and a command line of its own. Existing files are never overwritten.

            Example:
              broker providers new corp-directory --package ../identity-broker
            """
    )

    @Argument(help: "The new provider's type, as the configuration will name it.")
    var name: String

    @Option(help: ArgumentHelp("Where to write it (default: NAME-provider).", valueName: "folder"))
    var directory: String?

    @Option(
        help: ArgumentHelp(
            "The package identity-broker, as a path or URL (default: here or above).", valueName: "package"))
    var package: String?

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if let path = try SkeletonWriter(skeleton: makeSkeleton()).obstacle {
            throw ValidationError("'\(path.printable)' already exists. Nothing was written.")
        }
    }

    func run(in composition: Composition) async throws(BrokerError) {
        let skeleton = try write(in: composition)
        let files = skeleton.files.map(\.path)
        switch common.format {
        case .json:
            let report: JSONObject = [
                "type": .string(skeleton.name.type), "directory": .string(skeleton.directory), "files": .strings(files),
            ]
            try composition.console.write(report.terminalJSON)
        case .text:
            var table = TextTable()
            table.heading("Wrote to \(skeleton.directory)")
            for file in files { table.text(file) }
            table.heading("Try it there")
            table.text("swift test")
            table.text("swift run \(skeleton.name.program) providers describe \(skeleton.name.type)")
            try composition.console.write(table.rendered(in: composition.console.style))
        }
    }

    private func write(in composition: Composition) throws(BrokerError) -> ProviderSkeleton {
        let skeleton: ProviderSkeleton
        do throws(ValidationError) {
            skeleton = try makeSkeleton()
        } catch {
            // What `validate()` found has disappeared since.
            throw BrokerError(.internalError, error.message)
        }
        guard !skeleton.name.isTaken(in: composition.providers) else {
            throw .misconfigured("This program already has a provider type with that name. Choose another.")
        }
        try SkeletonWriter(skeleton: skeleton).write()
        return skeleton
    }

    private func makeSkeleton() throws(ValidationError) -> ProviderSkeleton {
        guard let name = SkeletonName(name) else {
            throw ValidationError(
                """
                A name is a lowercase letter followed by lowercase letters, digits and hyphens, up to \
                \(SkeletonName.longest) characters, such as 'corp-directory'.
                """
            )
        }
        guard !name.isReserved else {
            throw ValidationError("That name clashes with Swift types that every provider uses. Choose another.")
        }
        do throws(BrokerPackage.Absence) {
            let package = try BrokerPackage.find(package)
            return ProviderSkeleton(name: name, package: package, directory: directory ?? "\(name.type)-provider")
        } catch {
            throw ValidationError(error.message)
        }
    }
}

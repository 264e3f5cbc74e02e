import ArgumentParser
import BrokerConfiguration
import IdentityBroker

struct SchemaConfigCommand: RunnableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Prints the JSON Schema of the configuration, for editors and for checks elsewhere.",
        discussion: """
            Example:
              broker config schema > broker.schema.json
            """
    )

    @OptionGroup var common: CommonOptions

    func run(in composition: Composition) async throws(BrokerError) {
        let schema = ConfigurationSchema(providers: composition.providers, stores: composition.stores)
        try composition.console.write(schema.value.indentedTerminalJSON)
    }
}

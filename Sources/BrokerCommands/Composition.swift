import BrokerSandbox
import BrokerService
import IdentityBroker

/// What a command has to work with: what the program was composed of, and where it writes.
struct Composition: Sendable {
    let providers: ProviderRegistry
    let stores: StoreRegistry
    var sandboxes: [any Sandbox.Type] = []
    let console: Console
    /// Traps signals from the beginning of the command to the end of the process.
    let interruption: Interruption
    /// Ends what the command begins.
    let end = OrderlyEnd()
}

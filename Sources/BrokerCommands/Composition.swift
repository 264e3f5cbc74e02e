import BrokerSandbox
import BrokerService
import IdentityBroker

/// A command's environment: the program's parts, and where it writes.
struct Composition: Sendable {
    let providers: ProviderRegistry
    let stores: StoreRegistry
    var sandboxes: [any Sandbox.Type] = []
    let console: Console
    /// Traps signals from the start of the command to the end of the process.
    let interruption: Interruption
    /// Shuts down what the command starts.
    let end = OrderlyEnd()
}

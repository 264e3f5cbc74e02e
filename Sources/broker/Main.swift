import BrokerCommands
import BrokerPostgres
import BrokerSQLite
import IdentityBroker
import OpenIDConnectProvider
import WXAppProvider
import WXAppSandbox

@main
struct Main {
    static func main() async {
        await BrokerCommand.main(
            providers: [ProviderKind(OpenIDConnectProvider.self), ProviderKind(WXAppProvider.self)]
                + OpenIDConnectPreset.all.map(\.kind),
            stores: [.sqlite, .postgres, .memory],
            sandboxes: [WXAppSandbox.self]
        )
    }
}

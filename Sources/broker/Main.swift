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
            providers: [OpenIDConnectProvider.self, WXAppProvider.self],
            stores: [.sqlite, .postgres, .memory],
            sandboxes: [WXAppSandbox.self]
        )
    }
}

import BrokerCommands
import BrokerPostgres
import BrokerSQLite
import IdentityBroker
import WXAppProvider
import WXAppSandbox

@main
struct Main {
    static func main() async {
        await BrokerCommand.main(
            providers: [WXAppProvider.self],
            stores: [.sqlite, .postgres, .memory],
            sandboxes: [WXAppSandbox.self]
        )
    }
}

import BrokerCommands
import DirectoryProvider
import WXAppProvider

@main
struct Main {
    static func main() async {
        await BrokerCommand.main(providers: [WXAppProvider.self, DirectoryProvider.self])
    }
}

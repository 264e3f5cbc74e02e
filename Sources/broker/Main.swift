import AlipayProvider
import AlipaySandbox
import BrokerCommands
import BrokerPostgres
import BrokerSQLite
import DingTalkProvider
import DingTalkSandbox
import FeishuProvider
import FeishuSandbox
import IdentityBroker
import OAuth2Provider
import OAuth2Sandbox
import OpenIDConnectProvider
import OpenIDConnectSandbox
import WXAppProvider
import WXAppSandbox
import WeChatProvider
import WeChatSandbox
import WeComProvider
import WeComSandbox

@main
struct Main {
    static func main() async {
        await BrokerCommand.main(
            providers: [
                ProviderKind(FeishuProvider.self), ProviderKind(OAuth2Provider.self),
                ProviderKind(OpenIDConnectProvider.self),
                ProviderKind(WXAppProvider.self), ProviderKind(WeChatAppProvider.self),
                ProviderKind(WeChatMiniProgramProvider.self), ProviderKind(WeChatOfficialAccountProvider.self),
                ProviderKind(WeChatWebProvider.self), ProviderKind(WeComProvider.self),
                ProviderKind(AlipayProvider.self), ProviderKind(DingTalkProvider.self),
            ] + OAuth2Preset.all.map(\.kind) + OpenIDConnectPreset.all.map(\.kind),
            stores: [.sqlite, .postgres, .memory],
            // The first one is what `broker sandbox` alone starts.
            sandboxes: [
                WXAppSandbox.kind, AlipaySandbox.kind, DingTalkSandbox.kind, FeishuSandbox.kind, WeComSandbox.kind,
            ] + OpenIDConnectSandbox.kinds + OAuth2Sandbox.kinds + WeChatSandbox.kinds
        )
    }
}

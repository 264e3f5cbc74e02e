import IdentityBroker
import Testing

@Suite("A proxy")
struct EgressProxyTests {
    @Test("has a URL without a path")
    func path() throws {
        let url = try #require(UpstreamURL("http://proxy.internal:3128/"))
        #expect(EgressProxy(url)?.url == url)
        #expect(EgressProxy(url.appending("path")) == nil)
    }

    @Test(
        "uses credentials verbatim, split at the first colon",
        arguments: [
            ("user:password", "user", "password"), ("user:", "user", ""), ("user:a:b:", "user", "a:b:"),
            ("us%3Aer:p%40ss", "us%3Aer", "p%40ss"), ("üser:密码 +", "üser", "密码 +"),
        ]
    )
    func credentials(text: String, userName: String, password: String) throws {
        let credentials = try ProxyCredentials(Secret(text))
        #expect(credentials.userName.reveal() == userName)
        #expect(credentials.password.reveal() == password)
    }

    @Test(
        "refuses senseless credentials, and does not repeat them",
        arguments: [
            "", "hunter2", ":hunter2", "user:hunter2\n", "user:hunter2\r\nX: y", "us\u{0}er:hunter2", "u\u{7F}:hunter2",
        ]
    )
    func refusedCredentials(text: String) throws {
        let error = try #require(throws: BrokerError.self) { try ProxyCredentials(Secret(text)) }
        #expect(error.kind == .misconfigured)
        #expect(!error.message.contains("hunter2"))
    }

    @Test("reveals nothing of its credentials")
    func containment() throws {
        let url = try #require(UpstreamURL("http://proxy.internal:3128"))
        let proxy = try EgressProxy(url, credentials: ProxyCredentials(Secret("scott:hunter2")))
        var shown = "\(String(describing: proxy)) \(String(reflecting: NetworkPolicy(proxy: proxy)))"
        dump(TransportPolicy(proxy: proxy), to: &shown)
        #expect(!shown.contains("hunter2"))
        #expect(!shown.contains("scott"))
    }

    @Test("differs by credentials")
    func equality() throws {
        let url = try #require(UpstreamURL("http://proxy.internal:3128"))
        let one = try EgressProxy(url, credentials: ProxyCredentials(Secret("user:one")))
        let other = try EgressProxy(url, credentials: ProxyCredentials(Secret("user:other")))
        #expect(one != other)
        #expect(one != EgressProxy(url))
        #expect(try one == EgressProxy(url, credentials: ProxyCredentials(Secret("user:one"))))
    }
}

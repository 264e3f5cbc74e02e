import BrokerServing
import BrokerTokens
import Crypto
import Foundation
import HTTPTypes
import IdentityBroker
import Testing

@testable import BrokerServer

@Suite("Pages")
struct PageTests {
    /// One of every page, as a browser sees it.
    private func pages(_ language: String? = nil) async throws -> [(name: String, answer: Answer)] {
        let bench = try await FrontBench.make()
        let browser = Browser(bench)
        browser.language = language
        var pages = [("login", try await browser.open(FrontBench.request()))]
        pages.append(
            ("consent", try await browser.login("rude", ["scope": "openid profile email phone address offline_access"]))
        )
        pages.append(("continue", try await browser.login("phone", ["redirect_uri": "com.example.phone:/callback"])))
        pages.append(("error", try await browser.open(FrontBench.request("absent"))))
        pages.append(("form-post", try await browser.login("web", ["response_mode": "form_post"])))
        pages.append(("logout", try await browser.open("/oauth2/logout")))
        pages.append(("account", try await browser.open("/account")))
        browser.cookies = [:]
        pages.append(("signed-out", try await browser.open("/oauth2/logout")))
        return pages
    }

    @Test("Every page has its headers, one h1, one main, a language, and is small")
    func form() async throws {
        for (name, answer) in try await pages() {
            #expect(answer.headers[.contentType] == "text/html; charset=utf-8", "\(name)")
            #expect(answer.headers[.cacheControl] == "no-store" && answer.headers[.xContentTypeOptions] == "nosniff")
            #expect(answer.headers[.referrerPolicy] == "same-origin" && answer.headers[.frameOptions] == "DENY")
            for tag in ["h1", "main", "title"] {
                #expect(answer.text.split(separator: "<\(tag)>").count == 2, "\(name) \(tag)")
            }
            #expect(answer.text.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
            #expect(answer.body.count < 30_000 && !answer.text.contains("{{"))
            #expect(!answer.text.contains(" style=") && !answer.text.contains(" onclick"))
        }
    }

    @Test("Every page allows nothing but itself (RFC 9700 §4.16)")
    func policy() async throws {
        for (name, answer) in try await pages() {
            let policy = try #require(answer.headers[.contentSecurityPolicy])
            #expect(
                policy.hasPrefix(
                    "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; img-src data:; style-src 'sha256-"))
            #expect(!policy.contains("unsafe") && !policy.contains("*"))
            let css = try #require(answer.text.firstMatch(of: #/<style>((?s).*?)</style>/#)).output.1
            #expect(
                policy.contains("'sha256-\(Data(SHA256.hash(data: Array(css.utf8))).base64EncodedString())'"), "\(name)"
            )
            let forms = policy.split(separator: "; ").first { $0.hasPrefix("form-action") }
            let expected: [String: Substring?] = [
                "login": "form-action 'none'", "consent": nil, "continue": nil, "logout": nil,
                "account": "form-action 'self'",
                "error": "form-action 'none'", "signed-out": "form-action 'none'",
                "form-post": "form-action https://app.example.com",
            ]
            #expect(forms == expected[name], "\(name)")
            #expect(policy.contains("script-src") == (name == "form-post"), "\(name)")
        }
    }

    @Test("What a name says is only text, whatever marks follow it")
    func escaping() async throws {
        for (name, answer) in try await pages() {
            #expect(!answer.text.contains("<script>alert"), "\(name)")
            #expect(!answer.text.utf8.contains(subsequence: Array("\"\u{301} onload".utf8)), "\(name)")
        }
        let heading = try #require(try await pages().first { $0.name == "consent" }).answer.heading
        #expect(heading == #"Allow <script>alert("1")</script>'&" onload=x ?"#)
    }

    @Test(
        "The language is the app's, or else the browser's, or else the operator's",
        arguments: [
            (nil, nil, "en"), (nil, "zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans"), (nil, "fr, zh;q=0.5, en;q=0.4", "zh-Hans"),
            (nil, "en;q=0.1, zh-TW;q=0.2", "zh-Hans"), (nil, "zh;q=0, en", "en"), (nil, "fr", "en"),
            ("zh-Hans", "en", "zh-Hans"), ("fr en", "zh", "en"), ("fr", "zh", "zh-Hans"),
        ] as [(String?, String?, String)])
    func language(uiLocales: String?, accepted: String?, expected: String) async throws {
        let browser = Browser(try await FrontBench.make())
        browser.language = accepted
        let page = try await browser.open(FrontBench.request("web", ["ui_locales": uiLocales]))
        #expect(page.status == 200 && page.text.contains(#"<html lang="\#(expected)">"#), "oidcc-ui-locales")
        #expect(page.heading == (expected == "en" ? "Sign in" : "登录"))
        #expect(page.headers[.contentLanguage] == expected)
    }

    @Test("Every text is there in every language, and differs between them")
    func texts() async throws {
        for text in PageText.allCases {
            #expect(!text.english.isEmpty && text.english != text.simplifiedChinese, "\(text)")
            #expect(text.english.contains("{}") == text.simplifiedChinese.contains("{}"), "\(text)")
        }
        for (name, answer) in try await pages("zh-CN") {
            #expect(answer.heading?.unicodeScalars.contains { $0.value > 0x4E00 } == true, "\(name)")
        }
    }

    @Test("An error page has the id that the log has")
    func requestID() async throws {
        let browser = Browser(try await FrontBench.make())
        let page = try await browser.open(FrontBench.request("absent"))
        let name = try #require(HTTPField.Name("X-Request-ID"))
        let id = try #require(page.headers[name])
        #expect(page.text.contains("<code>\(id)</code>"))
    }

    @Test("An operator's own title, logo and color are on every page")
    func looks() throws {
        let folder = try TemporaryFolder()
        let logo = try folder.write("logo.svg", #"<svg xmlns="http://www.w3.org/2000/svg"/>"#)
        let renderer = try PageRenderer(
            LoginPages(title: "Ours & Co", logo: logo, accent: "#0b7a75", languages: [.simplifiedChinese]),
            for: ServiceBench.issuer)
        let language = renderer.language(of: ["en"])
        #expect(language == .simplifiedChinese)
        let html = renderer.html(SignedOutPage(), in: language)
        #expect(html.contains("<p>Ours &amp; Co</p>") && html.contains("#0b7a75"))
        #expect(html.contains(#"<img src="data:image/svg+xml;base64,PHN2"#))
    }

    @Test(
        "Labels on the accent can be read",
        arguments: [("#ffff00", "#000000"), ("#0b57d0", "#ffffff"), ("#777777", "#000000")])
    func contrast(accent: String, label: String) throws {
        #expect(
            try PageStyle(accent: accent).css.contains("background:\(accent);border-color:\(accent);color:\(label)"))
    }

    @Test("The style has no character that HTML escapes, so that its digest is that of the page")
    func style() throws {
        #expect(try PageStyle(accent: nil).css.allSatisfy { !"<>&\"'".contains($0) })
    }

    @Test(
        "Looks that cannot be used are refused at the start",
        arguments: [
            LoginPages(accent: "red"), LoginPages(accent: "#12345"), LoginPages(accent: "#12345g"),
            LoginPages(accent: "#+12345"),
            LoginPages(logo: "/nowhere/logo.svg"), LoginPages(templates: "/nowhere/templates"),
            LoginPages(languages: []),
        ])
    func unusable(pages: LoginPages) throws {
        let error = #expect(throws: BrokerError.self) { _ = try PageRenderer(pages, for: ServiceBench.issuer) }
        #expect(error?.kind == .misconfigured)
    }
}

extension Sequence<UInt8> {
    fileprivate func contains(subsequence: [UInt8]) -> Bool { Array(self).firstRange(of: subsequence) != nil }
}

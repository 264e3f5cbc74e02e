import BrokerServing
import Foundation
import HTTPTypes
import Hummingbird
import IdentityBroker
import Mustache
import NIOCore

/// Makes pages, with the looks that the operator has chosen.
struct PageRenderer: Sendable {
    private let library: MustacheLibrary
    private let style: PageStyle
    private let title: String
    private let logo: String?
    private let languages: [LoginPages.Language]

    /// Reads what belongs to the pages.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` that says what is wrong.
    init(_ pages: LoginPages, for issuer: String) throws(BrokerError) {
        guard !pages.languages.isEmpty else { throw .misconfigured("The login pages need a language.") }
        languages = pages.languages
        title = pages.title ?? BrowserSite(issuer: issuer).host
        style = try PageStyle(accent: pages.accent)
        logo = try pages.logo.map { path throws(BrokerError) in try PageLogo(path: path).address }
        library = try TemplateFolder(path: pages.templates).library()
    }

    /// The language of a page: the first offered one that is asked for, or else the operator's first.
    func language(of tags: [String]) -> LoginPages.Language {
        let asked = tags.lazy.compactMap { LoginPages.Language(tag: $0) }.first { languages.contains($0) }
        return asked ?? languages[0]
    }

    func response<P: Page>(_ page: P, in language: LoginPages.Language) -> Response {
        Response(
            status: page.status,
            headers: [
                .contentType: "text/html; charset=utf-8",
                .contentLanguage: language.rawValue,
                .cacheControl: "no-store",
                .contentSecurityPolicy: policy(for: page.forms),
                .frameOptions: "DENY",
                .referrerPolicy: "same-origin",
                .xContentTypeOptions: "nosniff",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(string: html(page, in: language))))
    }

    func html<P: Page>(_ page: P, in language: LoginPages.Language) -> String {
        var values = page.values(in: language)
        values["lang"] = .text(language.rawValue)
        values["css"] = .text(style.css)
        values["service"] = .text(title)
        if let logo { values["logo"] = .text(logo) }
        return library.render(values.mapValues(\.rendered), withTemplate: P.template.rawValue) ?? ""
    }

    /// The Content-Security-Policy: nothing but what the page itself has.
    private func policy(for forms: FormPolicy) -> String {
        var policy =
            "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; img-src data:; style-src \(style.source)"
        switch forms {
        case .none: policy += "; form-action 'none'"
        case .own: policy += "; form-action 'self'"
        case .submitted(let origin): policy += "; form-action \(origin); script-src 'self'"
        case .leaving: break
        }
        return policy
    }
}

/// A logo that is embedded in the pages.
struct PageLogo {
    /// The logo as a `data:` URL.
    let address: String

    /// So that a page stays below 30 KB.
    private static let mostBytes = 12 * 1024

    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured``.
    init(path: String) throws(BrokerError) {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw .misconfigured("The logo of the login pages cannot be read: \(path)")
        }
        guard bytes.count <= Self.mostBytes else {
            throw .misconfigured("The logo of the login pages has more than 12 KiB: \(path)")
        }
        let isPNG = bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        guard isPNG || String(validating: bytes, as: UTF8.self)?.contains("<svg") == true else {
            throw .misconfigured("The logo of the login pages must be SVG or PNG: \(path)")
        }
        address = "data:image/\(isPNG ? "png" : "svg+xml");base64,\(bytes.base64EncodedString())"
    }
}

extension LoginPages.Language {
    /// The language of a tag such as `zh-CN` (RFC 5646); nil for one that is not offered. Readers of traditional characters
    /// read simplified ones.
    init?(tag: String) {
        switch tag.prefix(while: { $0 != "-" && $0 != "_" }).lowercased() {
        case "en": self = .english
        case "zh": self = .simplifiedChinese
        default: return nil
        }
    }
}

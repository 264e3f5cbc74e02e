import BrokerTokens
import Foundation
import HTTPTypes
import Hummingbird
import IdentityBroker

/// A browser's request, and how to answer it.
struct Visit: Sendable {
    let front: BrowserFront
    let request: Request
    /// The query, as received.
    let query: Substring
    let origin: RequestOrigin
    /// The id of the request, in the log and on error pages.
    let id: String

    /// The secret that binds logins to the browser, as received; nil for none.
    let browser: Secret?
    /// The session's secret, as received; nil for none.
    let session: Secret?

    init(front: BrowserFront, request: Request, query: Substring, origin: RequestOrigin, id: String) {
        self.front = front
        self.request = request
        self.query = query
        self.origin = origin
        self.id = id
        browser = front.cookies.value(of: front.cookies.browser, in: request.headers)
        session = front.cookies.value(of: front.cookies.session, in: request.headers)
    }

    var tokens: TokenService { front.tokens }

    var cookies: BrowserCookies { BrowserCookies(browser: browser, session: session) }

    /// The parameters of the query.
    ///
    /// - Throws: ``OAuthError`` for a page.
    func parameters() throws(OAuthError) -> RequestParameters { try RequestParameters(query) }

    /// The stored request that the page is about, and the client that it says it is of.
    ///
    /// - Throws: ``OAuthError`` for a page if there is none.
    func transaction(_ parameters: RequestParameters) throws(OAuthError) -> UUID {
        guard let id = parameters["transaction"].flatMap({ UUID(uuidString: $0) }) else { throw .loginLost }
        return id
    }

    /// Refuses a request if its address begins too much.
    func admit() throws(OAuthError) { try front.context.guards.admitTransaction(for: origin) }

    /// Answers with what the body makes, or with a page that says why not.
    func answering(_ body: () async throws(AuthorizationRefusal) -> Response) async -> Response {
        do throws(AuthorizationRefusal) { return try await body() } catch { return await refuse(error) }
    }
}

extension Visit {
    /// Goes on with a request as far as it is known.
    func go(on progress: AuthorizationProgress) async -> Response {
        switch progress {
        case .answer(let response):
            return await pass(response)
        case .ownPage(let page, let query):
            return redirect(to: front.site.address(page.rawValue) + (query.map { "?\($0)" } ?? ""))
        case .page(let page, let handle):
            var response = redirect(to: front.site.address(page.path, handle.parameters))
            if browser != handle.browser {
                response.setCookie(front.cookies.field(front.cookies.browser, handle.browser))
            }
            return response
        }
    }

    /// Has the person sign in for a page of ours.
    ///
    /// - Parameter query: What the page gets in its query then; nil for nothing.
    func signIn(for page: OwnPage, with query: String? = nil) async -> Response {
        await answering { () throws(AuthorizationRefusal) in
            do throws(OAuthError) { try admit() } catch { throw .page(error) }
            return await go(on: try await tokens.authorize(for: page, with: query, in: cookies))
        }
    }

    /// Tells the client, or else the person, why a request is refused.
    func refuse(_ refusal: AuthorizationRefusal) async -> Response {
        switch refusal {
        case .client(let response, _): await pass(response)
        case .page(let error): show(error)
        }
    }

    /// Passes an answer on to the client. After a form of ours, the browser first fetches a page, so that what it posted is
    /// never posted again.
    func pass(_ response: AuthorizationResponse) async -> Response {
        switch response.mode {
        case .query:
            return redirect(to: response.location)
        case .formPost where request.method == .post:
            do throws(OAuthError) {
                let handle = try await tokens.holdResponse(response, in: cookies)
                return redirect(to: front.site.address("login", [("answer", handle.reveal())]))
            } catch {
                return show(error)
            }
        case .formPost:
            return page(FormPostPage(response, script: front.site.link(SubmitScript.path)))
        }
    }

    /// Sends the browser elsewhere, by `GET` whatever brought it here: with 307 it would post what it posted here again.
    func redirect(to location: String) -> Response {
        Response(
            status: .seeOther,
            headers: [.location: location, .cacheControl: "no-store", .referrerPolicy: "same-origin"])
    }

    /// Shows an error to the person.
    ///
    /// - Parameter restart: Where they can begin again; nil for wherever the app is that the page is about.
    func show(_ error: OAuthError, restart: ErrorPage.Restart? = nil) -> Response {
        var page = ErrorPage(error, request: id, restart: restart ?? wayBack)
        page.status = error.status
        var response = self.page(page)
        if let wait = error.retryAfter {
            response.headers[.retryAfter] = "\(max(1, Int((wait / .seconds(1)).rounded(.up))))"
        }
        return response
    }

    /// Shows a page.
    ///
    /// - Parameter locales: The languages that the client asks for.
    func page(_ page: some Page, in locales: [String] = []) -> Response {
        let accepted = AcceptedLanguages(request.headers[values: .acceptLanguage].joined(separator: ",")).tags
        return front.pages.response(page, in: front.pages.language(of: locales + accepted))
    }

    /// The site of the app that the page says it is about. Only registered addresses count, so it leads nowhere else.
    private var wayBack: ErrorPage.Restart? {
        guard let id = (try? parameters())?["app"], let client = tokens.clients[id], let site = client.homePage else {
            return nil
        }
        return .app(client.displayName, site)
    }
}

extension LoginPage {
    /// The path of the page.
    var path: String {
        switch self {
        case .signIn(let provider): "login/\(provider.rawValue)"
        case .chooseProvider: "login"
        case .confirm, .askConsent: "consent"
        }
    }
}

extension LoginHandle {
    /// What the pages of the request have in their addresses. The client is named for a dead end alone: the request itself is
    /// never read from a browser again.
    var parameters: [(name: String, value: String)] {
        [("transaction", transaction.uuidString.lowercased()), ("app", inquiry.client)]
    }
}

extension Response {
    mutating func setCookie(_ field: String) {
        headers.append(HTTPField(name: .setCookie, value: field))
    }
}

extension HTTPField.Name {
    static let referrerPolicy = constant("Referrer-Policy")
    static let secFetchSite = constant("Sec-Fetch-Site")
    static let frameOptions = constant("X-Frame-Options")

    private static func constant(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("The letters are those of a field name.") }
        return name
    }
}

import IdentityBroker

/// English.
struct EnglishWords: DescriptionWords {
    let language = "English"

    let does = "does"
    let takes = "takes"
    let with = "with"
    let can = "can"
    let see = "see"
    let register = "register"
    let note = "note"

    let atUpstream = "At the upstream"
    let configuration = "Configure it"
    let trial = "Try it without the upstream"
    let credentials = "What it accepts"
    let particulars = "What is particular"
    let settings = "Settings"
    let notices = "Notices"

    let settingColumns = ["setting", "form", "meaning"]
    let noticeColumns = ["notice", "meaning"]

    let or = " or "
    let comma = ", "
    let colon = ": "

    func text(_ text: String, with remark: String) -> String { "\(text) (\(remark))" }

    let required = "required"

    func defaultValue(_ text: String) -> String { "default \(text)" }

    func name(of form: Setting.Form) -> String {
        switch form {
        case .text: "text"
        case .url, .urlTemplate: "URL"
        case .path: "path"
        case .secret: "secret reference"
        case .boolean: "true or false"
        case .integer(let range): "number from \(range.lowerBound) to \(range.upperBound)"
        case .duration, .durationOrZero: "duration"
        case .size: "size"
        case .choice: "choice"
        case .object: "mapping"
        case .mapping(let element): "mapping of names to \(name(of: element))"
        case .document: "path of a YAML file"
        case .list(let element): "list of \(name(of: element))"
        }
    }

    func limits(of form: CredentialForm) -> String {
        "at most \(form.maximumBytes) bytes, \(form.isOneTime ? "good for one login" : "good until it expires")"
    }

    func accompanied(by part: String) -> String { "with \(part)" }

    func documentation(at link: String) -> String { "The upstream's own documentation: \(link)." }

    func callback(of type: String, isLoopbackTaken: Bool) -> String {
        let browser = "broker login \(type) --browser"
        return isLoopbackTaken
            ? """
            The callback URI is `ISSUER/callback/ID` of `broker serve`, with the instance's id, or your app's own if it embeds \
            the broker; and `http://127.0.0.1:PORT/callback/\(type)` for `\(browser) --port PORT`.
            """
            : """
            The callback URI is `ISSUER/callback/ID` of `broker serve`, with the instance's id, or your app's own if it embeds \
            the broker. It must be an `https` address: `\(browser)` works only with a sandbox.
            """
    }
}

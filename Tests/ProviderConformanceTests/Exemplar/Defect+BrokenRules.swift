extension Defect {
    /// The rules of the kit that name what the provider does wrong.
    var brokenRules: Set<String> {
        switch self {
        case .sendsAgain:
            [
                "a connection that breaks before the answer or within it fails the login",
                "TLS that does not stand up is refused before anything leaves",
                "what the transport says of a failed request is what the login fails as",
                "a credential of which nothing left may be presented again, and is then as good as before",
                "a failure is a failure that a provider may name",
            ]
        case .asksAgain:
            ["whatever the upstream answers, the credential is sent once and nothing is asked again"]
        case .followsRedirects:
            [
                "a redirect is not followed",
                "what the transport says of a failed request is what the login fails as",
                "whatever the upstream answers, the credential is sent once and nothing is asked again",
            ]
        case .connectsItself:
            ["nothing leaves but through the transport"]
        case .hidesCancellation:
            ["a provider passes on that it was cancelled, as nothing else"]
        case .hidesTimeOut:
            ["what the transport says of a failed request is what the login fails as"]
        case .outlivesLogin:
            [
                "a provider's work ends with the login",
                "a login that was given up sends nothing more",
                "a provider passes on that it was cancelled, as nothing else",
            ]
        case .blamesCredential:
            [
                "a connection that breaks before the answer or within it fails the login",
                "TLS that does not stand up is refused before anything leaves",
                "an upstream that cannot be reached costs nobody a credential",
                "what the transport says of a failed request is what the login fails as",
            ]
        case .blamesCredentialForFailure:
            ["an upstream that fails is unavailable, and nobody's credential is to blame"]
        case .throwsErrorOfItsOwn:
            Self.rulesOfUnreadableAnswers.union(["a failure is a failure that a provider may name"])
        case .confusesKinds:
            ["every refusal of the upstream fails as what it means, with its code"]
        case .readsNoDates:
            ["an upstream that asks for patience is heard, in both forms"]
        case .repeatsUpstream:
            ["every failure says in words of the provider's own what happened"]
        case .repeatsCredential, .repeatsPartOfCredential:
            ["no error holds a credential, a secret, a token or a phone number"]
        case .logsSecret, .logsPartOfCredential:
            ["no line of the log holds a credential, a secret, a token or a phone number"]
        case .keepsPartOfCredential:
            ["neither the credential nor a secret appears in the identity"]
        case .countsPeople:
            ["no metric, span or audit event holds a credential, a secret, a token or a phone number"]
        case .showsSecret:
            ["an instance shows none of its secrets"]
        case .sharesState:
            ["of sixteen logins at once each becomes its own person"]
        case .holdsOthersUp:
            [
                "of sixteen logins at once each becomes its own person",
                "a login that waits for its answer holds up no other",
            ]
        case .keysByEmail:
            [
                "a person's subject does not move with name, picture, e-mail address and phone number",
                "different people have different subjects, however alike they look",
                "an answer that does not say whom it is about is refused",
                "an answer that contradicts itself on whom it is about is refused",
            ]
        case .makesSubjectUp:
            Self.rulesOfThePerson.union([
                "an answer that does not say whom it is about is refused",
                "an answer that contradicts itself on whom it is about is refused",
            ])
        case .trustsFlag, .fallsBackToEmail, .takesNumbersForIds:
            [
                "an answer that does not say whom it is about is refused",
                "an answer with a part that is missing or something else is refused, or about the same person",
            ]
        case .overlooksContradiction:
            ["an answer that contradicts itself on whom it is about is refused"]
        case .takesAnyAudience:
            ["an answer that was made for another app or another login is refused"]
        case .letsEverybodyIn, .takesUnknownForActive:
            ["a person whom the upstream does not let in is denied"]
        case .overlooksStatus:
            ["a status of failure is a failure, whatever the body says"]
        case .readsLeniently, .overlooksRest:
            ["an answer that says one thing twice is refused"]
        case .repairsText:
            ["an answer that is not UTF-8 is refused"]
        case .verifiesByItself:
            ["an e-mail address is verified only where the upstream says so"]
        case .takesLastOfAddresses:
            ["hostile names, pictures and addresses come out clean"]
        case .readsUnlistedSetting, .listsUnreadSetting:
            ["the settings that are read are those that the manifest lists"]
        case .callsRequiredOptional:
            ["every optional setting may be left out, and all of them"]
        case .statesWrongDefault:
            ["a default that the manifest states is the one that holds"]
        case .describesAnotherForm:
            ["every setting is read as the manifest describes it"]
        case .takesBareSecret:
            [
                "a secret is only ever a reference",
                "the secrets that are read are those that the settings refer to",
                "a secret that cannot be read is named, and nothing is sent without it",
            ]
        case .goesOnWithoutSecret:
            ["a secret that cannot be read is named, and nothing is sent without it"]
        case .readsEnvironment:
            ["the secrets that are read are those that the settings refer to"]
        case .issuerFollowsInstance:
            ["an instance vouches in the same name for everybody, after a restart and under another id"]
        case .saysNothingOfItself:
            ["the type says for people what it is"]
        case .documentsNoSetting:
            ["every setting says what it means, under a key in camel case"]
        case .namesNoticeOnly:
            ["every notice is a word in snake case and says what it means"]
        case .recordsUnlistedNotice:
            ["every notice of an identity is in the manifest"]
        case .hasNoName:
            ["the registry takes the type"]
        case .boundsNothing:
            [
                "every kind of credential has a name in snake case and a form that can be met",
                "a credential of a form that the type does not take is refused before anything is sent",
            ]
        }
    }

    /// The rules of answers that cannot be read.
    private static let rulesOfUnreadableAnswers: Set<String> = [
        "an answer of another length than it says is refused",
        "a success without content is not a success",
        "an upstream that fails is unavailable, and nobody's credential is to blame",
        "a connection that breaks before the answer or within it fails the login",
        "an answer that is not JSON is refused, and so is no answer under a status of success",
        "an answer that breaks off is refused",
        "an answer that says one thing twice is refused",
        "an answer that is not UTF-8 is refused",
        "an answer nested too deep is refused",
        "a compressed answer that nobody asked for is refused",
        "an upstream that asks for patience is heard, in both forms",
    ]

    /// The rules that look at who it was.
    private static let rulesOfThePerson: Set<String> = [
        "a default that the manifest states is the one that holds",
        "a good credential becomes the identity that the upstream vouches for",
        "a person has the same subject at every login and after a restart",
        "a person's subject does not move with name, picture, e-mail address and phone number",
        "hostile names, pictures and addresses come out clean",
        "an answer in chunks, or behind an interim one, is as good as any",
        "of sixteen logins at once each becomes its own person",
        "two instances of the type keep apart",
        "an answer with a part that is missing or something else is refused, or about the same person",
    ]
}

extension PageTemplate {
    static let headText = """
        <!DOCTYPE html>
        <html lang="{{lang}}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <title>{{heading}} · {{service}}</title>
        <style>{{css}}</style>
        </head>
        <body>
        <header>{{#logo}}<img src="{{logo}}" alt="" height="40">{{/logo}}<p>{{service}}</p></header>
        <main>
        <h1>{{heading}}</h1>
        <p>{{lead}}</p>

        """

    static let footText = """
        </main>
        </body>
        </html>

        """

    static let loginText = """
        {{>head}}
        <ul class="choices">
        {{#providers}}
        <li><a class="button" href="{{link}}" data-provider="{{id}}"><span class="mark" aria-hidden="true">{{mark}}</span> {{label}}</a></li>
        {{/providers}}
        </ul>
        {{>foot}}
        """

    static let consentText = """
        {{>head}}
        <ul>
        {{#scopes}}
        <li>{{text}}</li>
        {{/scopes}}
        </ul>
        <form method="post" action="{{action}}">
        <input type="hidden" name="token" value="{{token}}">
        {{#fields}}
        <input type="hidden" name="{{name}}" value="{{value}}">
        {{/fields}}
        <button class="button primary" name="action" value="allow" data-action="allow">{{allow}}</button>
        <button class="button" name="action" value="deny" data-action="deny">{{deny}}</button>
        </form>
        {{>foot}}
        """

    static let confirmationText = """
        {{>head}}
        <form method="post" action="{{action}}">
        <input type="hidden" name="token" value="{{token}}">
        <button class="button primary" name="action" value="continue" data-action="continue">{{continue}}</button>
        <button class="button" name="action" value="cancel" data-action="cancel">{{cancel}}</button>
        </form>
        {{>foot}}
        """

    static let errorText = """
        {{>head}}
        {{#detail}}
        <p class="note" lang="en">{{detail}}</p>
        {{/detail}}
        {{#restart}}
        <p><a class="button primary" href="{{link}}" data-action="restart">{{label}}</a></p>
        {{/restart}}
        <p class="note">{{request_label}} <code>{{request}}</code></p>
        {{>foot}}
        """

    static let formPostText = """
        {{>head}}
        <form method="post" action="{{action}}">
        {{#fields}}
        <input type="hidden" name="{{name}}" value="{{value}}">
        {{/fields}}
        <noscript><button class="button primary" data-action="continue">{{continue}}</button></noscript>
        </form>
        <script src="{{script}}"></script>
        {{>foot}}
        """

    static let logoutText = """
        {{>head}}
        <form method="post" action="{{action}}">
        <input type="hidden" name="token" value="{{token}}">
        {{#fields}}
        <input type="hidden" name="{{name}}" value="{{value}}">
        {{/fields}}
        <button class="button primary" data-action="logout">{{logout}}</button>
        </form>
        {{>foot}}
        """

    static let deviceText = """
        {{>head}}
        <form method="get" action="{{action}}">
        <label for="code">{{field_label}}</label>
        <input class="field" id="code" name="{{field}}" required autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="64">
        <button class="button primary" data-action="continue">{{continue}}</button>
        </form>
        {{>foot}}
        """

    static let deviceDoneText = """
        {{>head}}
        {{>foot}}
        """

    static let signedOutText = """
        {{>head}}
        {{>foot}}
        """

    static let accountText = """
        {{>head}}
        <h2>{{sessions_heading}}</h2>
        <ul class="entries">
        {{#sessions}}
        <li data-session="{{id}}"><p>{{provider}}{{#current}} · <strong>{{current}}</strong>{{/current}}</p>
        <p class="note">{{opened}} {{used}}</p>
        <form method="post" action="{{action}}"><input type="hidden" name="token" value="{{token}}"><input type="hidden" name="session" value="{{id}}"><button class="button" data-action="end" aria-label="{{end}}: {{provider}}">{{end}}</button></form></li>
        {{/sessions}}
        </ul>
        <h2>{{consents_heading}}</h2>
        {{^consents}}
        <p>{{none}}</p>
        {{/consents}}
        <ul class="entries">
        {{#consents}}
        <li data-consent="{{id}}"><p>{{app}}</p>
        <p class="note">{{scope}}</p>
        <form method="post" action="{{action}}"><input type="hidden" name="token" value="{{token}}"><input type="hidden" name="consent" value="{{id}}"><button class="button" data-action="end" aria-label="{{end}}: {{app}}">{{end}}</button></form></li>
        {{/consents}}
        </ul>
        <p><a class="button" href="{{logout_link}}" data-action="logout">{{logout}}</a></p>
        {{>foot}}
        """
}

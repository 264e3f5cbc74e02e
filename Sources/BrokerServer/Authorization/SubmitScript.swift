import HTTPTypes
import Hummingbird
import NIOCore

/// The script that submits the form of an answer by `form_post`, where a browser runs scripts. It is a file of its own, so
/// that pages need allow no script within them.
enum SubmitScript {
    static let path = "oauth2/form-post.js"

    static var response: Response {
        Response(
            status: .ok,
            headers: [
                .contentType: "text/javascript; charset=utf-8", .cacheControl: "public, max-age=86400",
                .xContentTypeOptions: "nosniff",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(string: "document.forms[0].submit();\n")))
    }
}

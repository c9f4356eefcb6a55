/* EPUBCheck asked about one EPUB, as its own command does.

   In: {path}. Out: {code, report, said}: how it ends, the report that it writes, and what it says
   beside that. It is loaded apart from veraPDF, as both bring parts of one name in two versions. */

function epubcheck(jar) {
    var loader = new java.net.URLClassLoader(
        [new java.io.File(jar).toURI().toURL()], java.lang.ClassLoader.getPlatformClassLoader()
    );
    var system = java.lang.System, thread = java.lang.Thread.currentThread();

    return function (question) {
        var out = system.out, err = system.err, own = thread.getContextClassLoader();
        var report = new java.io.ByteArrayOutputStream();
        var said = new java.io.ByteArrayOutputStream();
        var words = [question.path, "--json", "-", "--locale", "en"];
        var code, given = java.lang.reflect.Array.newInstance(java.lang.String, words.length);
        words.forEach(function (word, at) { given[at] = word; });
        thread.setContextClassLoader(loader);
        system.setOut(new java.io.PrintStream(report, true, "UTF-8"));
        system.setErr(new java.io.PrintStream(said, true, "UTF-8"));
        try {
            var checker = loader.loadClass("com.adobe.epubcheck.tool.EpubChecker");
            code = checker.getDeclaredConstructor().newInstance().run(given);
        } finally {
            system.setOut(out);
            system.setErr(err);
            thread.setContextClassLoader(own);
        }
        return {
            code: code, report: String(report.toString("UTF-8")), said: String(said.toString("UTF-8"))
        };
    };
}

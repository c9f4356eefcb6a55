/* EPUBCheck and veraPDF, asked about one file after another.

   In: the folder of these scripts and the path of EPUBCheck's jar; then on the standard input, a
   line each, questions as JSON: {validator, path, …}. Out: on the standard output a line of JSON
   each, the validator's answer, or {error} where it broke off.
   Runs in Rhino, the JavaScript that veraPDF itself is written with, so that nothing has to be
   compiled. */

var folder = arguments[0], jar = arguments[1];
load(folder + "/epubcheck.js");
load(folder + "/verapdf.js");

var asking = {EPUBCheck: epubcheck(jar), veraPDF: verapdf()};
var answers = new java.io.PrintStream(java.lang.System.out, true, "UTF-8");
var questions = new java.io.BufferedReader(
    new java.io.InputStreamReader(java.lang.System["in"], "UTF-8")
);
java.lang.System.setOut(java.lang.System.err);

function answered(question) {
    try {
        return asking[question.validator](question);
    } catch (broken) {
        return {error: String(broken)};
    }
}

for (var line; (line = questions.readLine()) !== null;) {
    answers.println(JSON.stringify(answered(JSON.parse(line))));
}

// The form of a meeting as it stands on the page: its fields, files, projects and errors. What it is given by `show` is
// a form that is kept on the device.
"use strict";

// `filesChanged` is called when a file was taken out.
const fieldParts = (form, filesChanged) => {
  const PICTURE = 96; // pixels
  const photos = document.getElementById("field-photos");
  const errors = document.getElementById("field-errors");
  const more = document.getElementById("field-more");
  const projects = [...document.querySelectorAll(".field-project")];
  const OWN = new Set(["csrfmiddlewaretoken", "key", "person", "unit", "files"]);
  const inputs = [...form.elements].filter((field) => field.name && !OWN.has(field.name) && field.type !== "button");
  const blank = Object.fromEntries(inputs.map((field) => [field.name, field.defaultValue ?? field.value]));
  for (const field of inputs) if (field.tagName === "SELECT") blank[field.name] = field.value;

  // A page that was kept knows the day it was kept on; the device knows today, unless the city's clock is simulated.
  if (form.dataset.clock === "device") {
    const [locale, month] = document.documentElement.lang === "en" ? ["en-GB", "short"] : ["th-TH-u-ca-buddhist", "short"];
    const today = new Intl.DateTimeFormat(locale, { day: "numeric", month, year: "numeric", timeZone: "Asia/Bangkok" });
    blank.held_on = today.format(new Date()).replace(/ พ\.ศ\.| BE/, "");
  }

  const typed = () => Object.fromEntries(inputs.map((field) => [field.name, field.value]));

  // What a form is called in the list of those that wait.
  const titleOf = (one) => {
    const meeting = form.elements.namedItem("meeting");
    const listed = [...meeting.options].find((option) => option.value && option.value === one.fields.meeting);
    return listed?.text ?? one.fields.title;
  };

  const showPicture = async (line, file) => {
    try {
      const bitmap = await createImageBitmap(file.blob, { resizeWidth: PICTURE, resizeHeight: PICTURE, resizeQuality: "low" });
      const canvas = document.createElement("canvas");
      canvas.width = canvas.height = PICTURE;
      canvas.getContext("2d").drawImage(bitmap, 0, 0);
      const picture = document.createElement("img");
      picture.alt = "";
      picture.src = canvas.toDataURL("image/jpeg", 0.6);
      line.prepend(picture);
    } catch {
      // a file that is no picture has none
    }
  };
  const showFiles = (files) => {
    photos.replaceChildren(
      ...files.map((file, at) => {
        const line = document.createElement("li");
        const name = document.createElement("span");
        name.textContent = `${file.name} (${Math.ceil(file.blob.size / 1024)} KB)`;
        const out = document.createElement("button");
        out.type = "button";
        out.className = "btn btn-outline-primary";
        out.textContent = photos.dataset.remove;
        out.setAttribute("aria-label", `${photos.dataset.remove} ${file.name}`);
        out.addEventListener("click", async () => {
          files.splice(at, 1);
          showFiles(files);
          await filesChanged();
        });
        line.append(name, out);
        showPicture(line, file);
        return line;
      }),
    );
  };

  const showError = (field, message) => {
    const line = document.createElement("p");
    line.className = "form-error";
    line.setAttribute("role", "alert");
    line.textContent = message;
    const row = field?.closest(".came-row");
    if (row) row.append(line);
    else if (field) field.before(line);
    else errors.append(line);
  };
  const showErrors = (told) => {
    for (const old of form.querySelectorAll(".form-error, .errorlist")) old.remove();
    for (const field of inputs) field.removeAttribute("aria-invalid");
    let first = null;
    for (const [name, messages] of Object.entries(told)) {
      const field = inputs.find((one) => one.name === name);
      for (const message of messages) showError(field, message);
      if (!field) continue;
      field.setAttribute("aria-invalid", "true");
      field.closest("details")?.setAttribute("open", "");
      first ??= field;
    }
    if (Object.keys(told).length) (first ?? errors).scrollIntoView({ block: "center", behavior: "instant" });
    first?.focus();
  };

  // The projects that are filled in, those that were asked for, and one empty one.
  const showProjects = () => {
    let empty = 0;
    for (const project of projects) {
      const isFilled = [...project.querySelectorAll("input, textarea")].some((field) => field.value.trim());
      project.hidden = !isFilled && project.dataset.asked !== "yes" && empty > 0;
      if (!isFilled) empty += 1;
    }
    if (more) more.hidden = projects.every((project) => !project.hidden);
  };
  more?.addEventListener("click", () => {
    const next = projects.find((project) => project.hidden);
    next.dataset.asked = "yes";
    next.hidden = false;
    next.open = true;
    next.querySelector("input").focus();
    showProjects();
  });

  // What is asked of another meeting than those that are listed, and the community of a meeting of one.
  const showParts = () => {
    const isListed = form.elements.namedItem("meeting").value !== "";
    for (const part of form.querySelectorAll(".of-another")) part.hidden = isListed;
    const purpose = form.elements.namedItem("purpose").value;
    const community = form.elements.namedItem("community");
    if (community) community.closest(".form-field").hidden = isListed || purpose !== "community";
  };

  const show = (one) => {
    form.elements.namedItem("key").value = one.key;
    for (const field of inputs) field.value = one.fields[field.name] ?? blank[field.name] ?? "";
    for (const project of projects) delete project.dataset.asked;
    showFiles(one.files);
    showProjects();
    showParts();
    showErrors(one.errors ?? {});
  };
  return { blank, typed, titleOf, show, showFiles, showParts };
};
